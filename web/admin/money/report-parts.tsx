import type { ReportView } from '../../../contract/admin-channels.ts';
import { useMoney } from '../../ui/money.ts';
import { StatusBadge } from '../list/status-badge.tsx';
import classes from './money.module.css';
import { useMoneyTexts } from './money-texts.ts';

export function ReportState({ report: { ok, differences } }: { report: ReportView }) {
  const t = useMoneyTexts();
  if (ok) return <StatusBadge tone="good">{t('bills.equal')}</StatusBadge>;
  return <StatusBadge tone="bad">{t('bills.differs', { count: differences.length })}</StatusBadge>;
}

/** One of the sums of a bill, a line for each currency. */
export function Sums({ totals, of }: { totals: ReportView['totals']; of: 'payments' | 'refunds' | 'fees' | 'net' }) {
  const t = useMoneyTexts();
  const money = useMoney();
  const lines = totals.filter((line) => of === 'net' || of === 'payments' || line[`${of}Minor`] !== 0);
  if (lines.length === 0) return '—';
  return lines.map((line) => (
    <div key={line.currency} className={classes.amount}>
      <span>{money(line[`${of}Minor`], line.currency)}</span>
      {(of === 'payments' || of === 'refunds') && <small>{t('bills.count', { count: line[of] })}</small>}
    </div>
  ));
}
