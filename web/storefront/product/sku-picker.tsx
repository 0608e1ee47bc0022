import type { SkuView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { isSoldOut, priceNow } from '../cart/priced-line.ts';
import { StockNote } from '../catalog/stock-note.tsx';
import { useTexts } from '../shop-texts.ts';
import classes from './sku-picker.module.css';
import { WasPrice } from './was-price.tsx';

interface Props {
  skus: readonly SkuView[];
  chosen: number | undefined;
  onChoose: (skuId: number) => void;
}

/** Real radio buttons, so that arrow keys and screen readers work as everywhere. Sold-out ones can be looked at. */
export function SkuPicker({ skus, chosen, onChoose }: Props) {
  const t = useTexts();
  const money = useMoney();
  return (
    <fieldset className={classes.picker}>
      <legend className="cw-section-title">{t('product.choose')}</legend>
      <div className={classes.options}>
        {skus.map((sku) => (
          <label key={sku.id} className={classes.option} data-sold-out={isSoldOut(sku) || undefined}>
            <input
              type="radio"
              name="sku"
              value={sku.id}
              checked={sku.id === chosen}
              onChange={() => onChoose(sku.id)}
            />
            <span className={classes.name}>{sku.name}</span>
            <span className={classes.facts}>
              <span>
                <span className="cw-price">
                  {money(Math.min(sku.priceMinor, priceNow(sku, sku.minQuantity)), sku.currency)}
                </span>{' '}
                <WasPrice was={sku.priceMinor} now={priceNow(sku, sku.minQuantity)} currency={sku.currency} />
              </span>
              <StockNote skus={[sku]} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
