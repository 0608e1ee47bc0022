import { useMoney } from '../../ui/money.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './flash-sale.module.css';

/** The normal price, struck through, where something costs less now. */
export function WasPrice({ was, now, currency }: { was: number; now: number; currency: string }) {
  const t = useTexts();
  const money = useMoney();
  if (now >= was) return null;
  return (
    <s className={classes.was}>
      <span className="cw-sr-only">{t('sale.was')} </span>
      {money(was, currency)}
    </s>
  );
}
