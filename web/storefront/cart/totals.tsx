import { useMoney } from '../../ui/money.ts';
import classes from './totals.module.css';

/** The sum, or one per currency where the lines have several. */
export function Totals({ label, totals }: { label: string; totals: ReadonlyMap<string, number> }) {
  const money = useMoney();
  return (
    <div className={classes.totals}>
      <span>{label}</span>
      <span className={`cw-price ${classes.amount}`}>
        {[...totals].map(([currency, amountMinor]) => money(amountMinor, currency)).join(' + ') || '—'}
      </span>
    </div>
  );
}
