import { Button, Loader } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTexts } from '../admin-texts.ts';
import { checkPasswordLink, setPasswordByLink } from '../api.ts';
import { useTitle } from '../use-title.ts';
import { AccessCard } from './access-card.tsx';
import { isGood, newPasswordFaults, noPassword } from './credentials-input.ts';
import { focusFirst } from './focus-first.ts';
import { NewPasswordFields } from './new-password-fields.tsx';

/** As for the set-up link: asked once, so that what is typed does not vanish. */
const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-link', token],
    queryFn: () => checkPasswordLink(token),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Where the link leads that an owner gives to somebody new, or to somebody who forgot the password. */
export function WelcomePage() {
  const token = useLocation({ select: (location) => location.hash });
  return <OneLink key={token} token={token} />;
}

function OneLink({ token }: { token: string }) {
  const t = useTexts();
  const { data: state, error, refetch } = useQuery(linkQuery(token));
  useTitle(t('welcome.title'));
  const isDead = state?.valid === false;
  return (
    <AccessCard
      {...(isDead && { tone: 'warning' as const })}
      icon={<IconKey size={26} />}
      title={isDead ? t('welcome.deadTitle') : t('welcome.title')}
      lead={isDead ? t('welcome.deadLead') : state?.login ? t('welcome.lead', { login: state.login }) : ''}
    >
      {state?.valid && <PasswordForm token={token} login={state.login ?? ''} onDead={() => void refetch()} />}
      {isDead && (
        <Button component="a" href="/admin/login" size="md" variant="default">
          {t('setup.toLogIn')}
        </Button>
      )}
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!state && !error && <Loader aria-label={t('setup.checking')} mx="auto" my={40} display="block" />}
    </AccessCard>
  );
}

function PasswordForm({ token, login, onDead }: { token: string; login: string; onDead: () => void }) {
  const t = useTexts();
  const navigate = useNavigate();
  const [passwords, setPasswords] = useState(noPassword);
  const [wasTried, setWasTried] = useState(false);
  const faults = newPasswordFaults(passwords, login);
  const setting = useMutation({
    mutationFn: setPasswordByLink,
    onSuccess: () => void navigate({ to: '/login', replace: true }),
    onError: onDead,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (setting.isPending) return;
    if (isGood(faults)) setting.mutate({ token, password: passwords.password });
    else focusFirst({ 'new-password': faults.rules.length > 0, 'repeated-password': faults.differs });
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      {/* For password managers, which otherwise guess whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <NewPasswordFields
        value={passwords}
        login={login}
        label={t('access.password')}
        wasTried={wasTried}
        onChange={setPasswords}
      />
      {setting.error && <ProblemNotice problem={setting.error} />}
      <Button type="submit" size="md" loading={setting.isPending}>
        {t('welcome.submit')}
      </Button>
    </form>
  );
}
