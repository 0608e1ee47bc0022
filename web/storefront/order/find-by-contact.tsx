import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { useWait } from '../../ui/use-wait.ts';
import { lookUpOrders } from '../api.ts';
import classes from './order-row.module.css';
import { OrderRow } from './order-row.tsx';
import { useTexts } from './order-texts.ts';

/** Guessing is limited by the shop; here it only shows how long to wait. */
export function FindByContact() {
  const t = useTexts();
  const [contact, setContact] = useState('');
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const finding = useMutation({ networkMode: 'always', mutationFn: lookUpOrders });
  const waitS = useWait(finding.error);
  const unknown =
    finding.data?.orders.length === 0 ||
    (finding.error instanceof ApiProblem && (finding.error.status === 404 || finding.error.status === 401));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isComplete = contact.trim().length >= 2 && password.length > 0;
    setMissing(!isComplete);
    if (isComplete && waitS === 0) finding.mutate({ contact: contact.trim(), lookupPassword: password });
  };
  return (
    <form className="cw-stack" onSubmit={submit} noValidate>
      <TextInput
        size="md"
        label={t('orders.contact')}
        autoComplete="email"
        autoCapitalize="off"
        maxLength={120}
        value={contact}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      <PasswordInput
        size="md"
        label={t('orders.password')}
        autoComplete="current-password"
        maxLength={100}
        value={password}
        error={isMissing && t('orders.needBoth')}
        visibilityToggleButtonProps={{ 'aria-label': t('checkout.showPassword') }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" size="md" loading={finding.isPending} disabled={waitS > 0}>
        {waitS > 0 ? t('orders.waitIn', { seconds: waitS }) : t('orders.submit')}
      </Button>
      {unknown && <p role="alert">{t('orders.foundNone')}</p>}
      {finding.error && !unknown && <ProblemNotice problem={finding.error} />}
      {finding.data && finding.data.orders.length > 0 && (
        <>
          <p role="status" className="cw-soft" ref={(found) => found?.scrollIntoView({ block: 'nearest' })}>
            {t('orders.found', { count: finding.data.orders.length })}
          </p>
          <ul className={classes.list}>
            {finding.data.orders.map(({ order, accessToken }) => (
              <OrderRow key={order.id} id={order.id} order={order} token={accessToken} />
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
