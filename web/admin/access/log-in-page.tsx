import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { loginLength, maxPasswordLength } from '../../../contract/credentials.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { useWait } from '../../ui/use-wait.ts';
import { useTexts } from '../admin-texts.ts';
import { logIn } from '../api.ts';
import { useTitle } from '../use-title.ts';
import { AccessCard } from './access-card.tsx';
import { loginFault } from './credentials-input.ts';
import { focusFirst } from './focus-first.ts';
import { ForgottenPassword } from './forgotten-password.tsx';
import { rememberOwner } from './owner.ts';

/** Not a failure: the password was right. */
const isAsking = (problem: unknown) => problem instanceof ApiProblem && problem.code === 'second_factor_needed';

export function LogInPage() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const login = typed.trim();
  const faults = {
    login: loginFault(login) !== undefined,
    password: password === '',
    code: needsCode && code.trim().length < 6,
  };
  const entering = useMutation({
    mutationFn: logIn,
    onSuccess: (owner) => {
      rememberOwner(client, owner);
      void navigate({ to: '/', replace: true });
    },
    onError: (problem) => {
      if (isAsking(problem)) {
        setWasTried(false);
        setNeedsCode(true);
      } else focusFirst({ code: needsCode, password: true });
    },
  });
  const waitS = useWait(entering.error);
  useTitle(t('login.title'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (faults.login || faults.password || faults.code) focusFirst(faults);
    else if (!entering.isPending && waitS === 0) {
      entering.mutate({ login, password, ...(needsCode && { code: code.trim() }) });
    }
  };
  return (
    <AccessCard icon={<IconLogin2 size={26} />} title={t('login.title')} lead={t('login.lead')}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <TextInput
          id="login"
          size="md"
          label={t('access.login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          maxLength={loginLength.max}
          value={typed}
          error={wasTried && faults.login && t('login.needLogin')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <PasswordInput
          id="password"
          size="md"
          label={t('access.password')}
          autoComplete="current-password"
          maxLength={maxPasswordLength}
          value={password}
          error={wasTried && faults.password && t('login.needPassword')}
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {needsCode && (
          <TextInput
            id="code"
            size="md"
            label={t('login.code')}
            description={t('login.codeHint')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            maxLength={40}
            value={code}
            error={wasTried && faults.code && t('login.needCode')}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        {entering.error && !isAsking(entering.error) && <ProblemNotice problem={entering.error} />}
        <Button type="submit" size="md" loading={entering.isPending} disabled={waitS > 0}>
          {waitS > 0 ? t('login.waitIn', { seconds: waitS }) : t('login.submit')}
        </Button>
      </form>
      <ForgottenPassword />
    </AccessCard>
  );
}
