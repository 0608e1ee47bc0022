import { Button, Code, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { maxPasswordLength } from '../../../contract/credentials.ts';
import type { EnrolReply } from '../../../contract/staff.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useTexts } from '../admin-texts.ts';
import { confirmFactor, enrol, factorQuery, renewCodes, turnOffFactor } from './account-api.ts';
import { useAccountTexts } from './account-texts.ts';
import classes from './change-password.module.css';

type Phase =
  | { kind: 'rest' }
  | { kind: 'password'; for: 'on' | 'off' | 'renew' }
  | { kind: 'scan'; begun: EnrolReply }
  | { kind: 'codes'; codes: readonly string[] };

/** Turns the second factor on in three steps: password, code of the app, recovery codes kept. */
export function SecondFactor() {
  const t = useAccountTexts();
  const client = useQueryClient();
  const { data: state } = useQuery(factorQuery);
  const [phase, setPhase] = useState<Phase>({ kind: 'rest' });
  const rest = () => {
    setPhase({ kind: 'rest' });
    void client.invalidateQueries({ queryKey: factorQuery.queryKey });
  };
  const ask = (what: 'on' | 'off' | 'renew') => setPhase({ kind: 'password', for: what });
  const proved = async (what: 'on' | 'off' | 'renew', password: string) => {
    if (what === 'on') setPhase({ kind: 'scan', begun: await enrol(password) });
    else if (what === 'renew') setPhase({ kind: 'codes', codes: (await renewCodes(password)).recoveryCodes });
    else {
      await turnOffFactor(password);
      rest();
    }
  };
  return (
    <section className="cw-panel cw-stack" aria-labelledby="second-factor">
      <div>
        <h2 id="second-factor" className={classes.title}>
          {t('factor.title')}
        </h2>
        <p className={classes.login}>
          {state?.on ? t('factor.on', { count: state.recoveryCodesLeft }) : t('factor.lead')}
        </p>
      </div>
      {phase.kind === 'rest' && state && (
        <div className="cw-row" style={{ flexWrap: 'wrap' }}>
          {state.on ? (
            <>
              <Button variant="default" size="sm" onClick={() => ask('renew')}>
                {t('factor.renew')}
              </Button>
              <Button variant="default" size="sm" onClick={() => ask('off')}>
                {t('factor.turnOff')}
              </Button>
            </>
          ) : (
            <Button variant="light" size="sm" onClick={() => ask('on')}>
              {t('factor.turnOn')}
            </Button>
          )}
        </div>
      )}
      {phase.kind === 'password' && <AskPassword run={(password) => proved(phase.for, password)} onCancel={rest} />}
      {phase.kind === 'scan' && (
        <Scan begun={phase.begun} onCodes={(codes) => setPhase({ kind: 'codes', codes })} onCancel={rest} />
      )}
      {phase.kind === 'codes' && <Codes codes={phase.codes} onKept={rest} />}
    </section>
  );
}

function AskPassword({ run, onCancel }: { run: (password: string) => Promise<void>; onCancel: () => void }) {
  const t = useAccountTexts();
  const common = useTexts();
  const [password, setPassword] = useState('');
  const proving = useMutation({ mutationFn: () => run(password) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '' && !proving.isPending) proving.mutate();
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <PasswordInput
        id="factor-password"
        label={t('factor.password')}
        autoComplete="current-password"
        autoFocus
        maxLength={maxPasswordLength}
        value={password}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': common('access.showPassword') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {proving.error && <ProblemNotice problem={proving.error} />}
      <div className="cw-row">
        <Button type="submit" size="sm" loading={proving.isPending}>
          {t('factor.go')}
        </Button>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface ScanProps {
  begun: EnrolReply;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}

function Scan({ begun, onCodes, onCancel }: ScanProps) {
  const t = useAccountTexts();
  const [code, setCode] = useState('');
  const confirming = useMutation({
    mutationFn: () => confirmFactor(code.trim()),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim().length >= 6 && !confirming.isPending) confirming.mutate();
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <p style={{ margin: 0 }}>{t('factor.scan')}</p>
      <div style={{ maxWidth: 220 }}>
        <QrCode content={begun.uri} label={t('factor.qr')} />
      </div>
      <div className="cw-row" style={{ flexWrap: 'wrap' }}>
        <Code style={{ overflowWrap: 'anywhere' }}>{begun.secret}</Code>
        <CopyButton text={begun.secret} describes={t('factor.secret')} />
      </div>
      <TextInput
        id="factor-code"
        label={t('factor.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
        maxLength={12}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {confirming.error && <ProblemNotice problem={confirming.error} />}
      <div className="cw-row">
        <Button type="submit" size="sm" loading={confirming.isPending}>
          {t('factor.confirm')}
        </Button>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Codes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useAccountTexts();
  return (
    <div className="cw-stack">
      <h3 className="cw-section-title">{t('factor.codesTitle')}</h3>
      <p style={{ margin: 0 }}>{t('factor.codesLead')}</p>
      <Code block id="recovery-codes">
        {codes.join('\n')}
      </Code>
      <div className="cw-row">
        <CopyButton text={codes.join('\n')} describes={t('factor.codes')} />
        <Button size="sm" onClick={onKept}>
          {t('factor.kept')}
        </Button>
      </div>
    </div>
  );
}
