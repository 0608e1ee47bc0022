import type { SkuView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { unitPriceMinor } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './price-steps.module.css';

/** The wholesale table, with the step that counts now marked. */
export function PriceSteps({ sku, quantity }: { sku: SkuView; quantity: number }) {
  const t = useTexts();
  const money = useMoney();
  if (sku.priceSteps.length === 0) return null;
  const steps = [{ minQuantity: 1, priceMinor: sku.priceMinor }, ...sku.priceSteps].toSorted(
    (a, b) => a.minQuantity - b.minQuantity,
  );
  const paid = unitPriceMinor(sku, quantity);
  const reached = steps.findLast((step) => step.minQuantity <= quantity && step.priceMinor === paid);
  return (
    <section>
      <h2 className="cw-section-title">{t('product.steps')}</h2>
      <ul className={classes.steps}>
        {steps.map((step) => (
          <li key={step.minQuantity} className={classes.step} aria-current={step === reached || undefined}>
            <span className={classes.from}>{t('product.stepFrom', { count: step.minQuantity })}</span>
            <span className="cw-price">{money(step.priceMinor, sku.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
