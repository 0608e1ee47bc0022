import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { loginLength } from '../../../contract/credentials.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { useTexts } from '../admin-texts.ts';
import { setUpOwner } from '../api.ts';
import { isGood, loginFault, newPasswordFaults, noPassword } from './credentials-input.ts';
import { focusFirst } from './focus-first.ts';
import { NewPasswordFields } from './new-password-fields.tsx';
import { rememberOwner } from './owner.ts';

interface Props {
  token: string;
  /** Somebody else was faster, or the day is over. */
  onLinkUsed: () => void;
}

export function SetUpForm({ token, onLinkUsed }: Props) {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [passwords, setPasswords] = useState(noPassword);
  const [wasTried, setWasTried] = useState(false);
  const login = typed.trim();
  const fault = loginFault(login);
  const faults = newPasswordFaults(passwords, login);
  const setting = useMutation({
    mutationFn: setUpOwner,
    onSuccess: (owner) => {
      rememberOwner(client, owner);
      void navigate({ to: '/', replace: true });
    },
    onError: (problem) => {
      if (problem instanceof ApiProblem && problem.code === 'setup_link_used') onLinkUsed();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (setting.isPending) return;
    if (fault || !isGood(faults)) {
      focusFirst({
        login: fault !== undefined,
        'new-password': faults.rules.length > 0,
        'repeated-password': faults.differs,
      });
      return;
    }
    setting.mutate({ token, login, password: passwords.password });
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <TextInput
        id="login"
        size="md"
        required
        label={t('access.login')}
        description={t('setup.loginHint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        maxLength={loginLength.max}
        value={typed}
        error={
          wasTried &&
          fault &&
          (fault === 'length' ? t('access.loginLength', { count: loginLength.min }) : t('access.loginCharacters'))
        }
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <NewPasswordFields
        value={passwords}
        login={login}
        label={t('access.password')}
        wasTried={wasTried}
        onChange={setPasswords}
      />
      {setting.error && <ProblemNotice problem={setting.error} />}
      <Button type="submit" size="md" loading={setting.isPending}>
        {t('setup.submit')}
      </Button>
    </form>
  );
}
