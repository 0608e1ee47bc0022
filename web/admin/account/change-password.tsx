import { Button, PasswordInput } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { maxPasswordLength } from '../../../contract/credentials.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { isGood, newPasswordFaults, noPassword } from '../access/credentials-input.ts';
import { focusFirst } from '../access/focus-first.ts';
import { NewPasswordFields } from '../access/new-password-fields.tsx';
import { useTexts } from '../admin-texts.ts';
import { changePassword } from '../api.ts';
import classes from './change-password.module.css';

export function ChangePassword({ login }: { login: string }) {
  const t = useTexts();
  const [phase, setPhase] = useState<'closed' | 'open' | 'done'>('closed');
  return (
    <section className="cw-panel" aria-labelledby="password">
      <div className={classes.head}>
        <div>
          <h2 id="password" className={classes.title}>
            {t('password.title')}
          </h2>
          <p className={classes.login}>{t('password.signedInAs', { login })}</p>
        </div>
        {phase !== 'open' && (
          <Button variant="default" size="sm" onClick={() => setPhase('open')}>
            {t('password.change')}
          </Button>
        )}
      </div>
      {phase === 'open' && (
        <ChangePasswordForm login={login} onDone={() => setPhase('done')} onCancel={() => setPhase('closed')} />
      )}
      <p role="status" className={classes.done} hidden={phase !== 'done'}>
        {phase === 'done' && (
          <>
            <IconCircleCheck size={18} aria-hidden /> {t('password.done')}
          </>
        )}
      </p>
    </section>
  );
}

interface FormProps {
  login: string;
  onDone: () => void;
  onCancel: () => void;
}

function ChangePasswordForm({ login, onDone, onCancel }: FormProps) {
  const t = useTexts();
  const [current, setCurrent] = useState('');
  const [passwords, setPasswords] = useState(noPassword);
  const [wasTried, setWasTried] = useState(false);
  const faults = newPasswordFaults(passwords, login);
  const changing = useMutation({ mutationFn: changePassword, onSuccess: onDone });
  const isWrong = changing.error instanceof ApiProblem && changing.error.code === 'wrong_credentials';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (current === '' || !isGood(faults)) {
      focusFirst({
        'current-password': current === '',
        'new-password': faults.rules.length > 0,
        'repeated-password': faults.differs,
      });
    } else if (!changing.isPending) changing.mutate({ current, next: passwords.password });
  };
  return (
    <form className={`cw-stack ${classes.form}`} onSubmit={submit} noValidate>
      {/* For password managers, which otherwise guess whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <PasswordInput
        id="current-password"
        size="md"
        required
        label={t('password.current')}
        autoComplete="current-password"
        autoFocus
        maxLength={maxPasswordLength}
        value={current}
        error={isWrong ? t('password.wrong') : wasTried && current === '' && t('login.needPassword')}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
        onChange={(event) => {
          changing.reset();
          setCurrent(event.currentTarget.value);
        }}
      />
      <NewPasswordFields
        value={passwords}
        login={login}
        label={t('password.next')}
        wasTried={wasTried}
        onChange={setPasswords}
      />
      {changing.error && !isWrong && <ProblemNotice problem={changing.error} />}
      <div className="cw-row">
        <Button type="submit" size="sm" loading={changing.isPending}>
          {t('password.submit')}
        </Button>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('home.cancel')}
        </Button>
      </div>
    </form>
  );
}
