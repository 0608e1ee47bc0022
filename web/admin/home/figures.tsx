import type { ReactNode } from 'react';
import type { Overview } from '../../../contract/admin-overview.ts';
import { localeOf, useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import classes from './figures.module.css';
import { useHomeTexts } from './home-texts.ts';

/** The figures of the range, a card each. */
export function Figures({ overview }: { overview: Overview }) {
  const t = useHomeTexts();
  const number = useNumber();
  const share = useShare();
  const { orders, issue } = overview;
  return (
    <dl className={classes.figures}>
      <Figure
        name={t('figure.orders')}
        hint={t('figure.ordersHint', { paid: number(orders.paid), delivered: number(orders.delivered) })}
      >
        {number(orders.placed)}
      </Figure>
      <RevenueFigure overview={overview} />
      <Figure name={t('figure.paid')} hint={t('figure.paidHint')}>
        {share(orders.paid, orders.placed)}
      </Figure>
      <Figure name={t('figure.success')} hint={t('figure.successHint')}>
        {share(orders.delivered, orders.paid)}
      </Figure>
      <Figure
        name={t('figure.wait')}
        hint={issue ? t('figure.waitHint', { p99: seconds(issue.p99Ms) }) : t('figure.waitNone')}
      >
        {issue ? t('figure.waitSeconds', { seconds: seconds(issue.p50Ms) }) : '—'}
      </Figure>
    </dl>
  );
}

function RevenueFigure({ overview: { revenue } }: { overview: Overview }) {
  const t = useHomeTexts();
  const money = useMoney();
  const back = revenue.filter(({ refundedMinor }) => refundedMinor > 0);
  const refunded = back.map(({ refundedMinor, currency }) => money(refundedMinor, currency)).join(' + ');
  const hint = revenue.length === 0 ? t('figure.noRevenue') : refunded && t('figure.revenueHint', { refunded });
  return (
    <Figure name={t('figure.revenue')} hint={hint}>
      {revenue.length === 0
        ? '—'
        : revenue.map(({ currency, receivedMinor, refundedMinor }) => (
            <div key={currency}>{money(receivedMinor - refundedMinor, currency)}</div>
          ))}
    </Figure>
  );
}

function Figure({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
      {hint && <dd className={classes.hint}>{hint}</dd>}
    </div>
  );
}

export function useNumber(): (value: number) => string {
  const format = new Intl.NumberFormat(localeOf(useLanguage()));
  return (value) => format.format(value);
}

/** A dash where there is nothing to have a share of. */
export function useShare(): (part: number, whole: number) => string {
  const format = new Intl.NumberFormat(localeOf(useLanguage()), { style: 'percent', maximumFractionDigits: 1 });
  return (part, whole) => (whole === 0 ? '—' : format.format(part / whole));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 1000 ? 2 : ms < 10_000 ? 1 : 0);
}
