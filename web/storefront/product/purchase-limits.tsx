import type { SkuView } from '../../../contract/shop.ts';
import { largestQuantity } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';

/** The limits a buyer would otherwise only meet as an error. */
export function PurchaseLimits({ sku }: { sku: SkuView }) {
  const t = useTexts();
  const limits = [
    sku.minQuantity > 1 && t('product.limitMin', { count: sku.minQuantity }),
    sku.perBuyerLimit !== null && t('product.limitBuyer', { count: sku.perBuyerLimit }),
    sku.perBuyerLimit === null &&
      largestQuantity(sku) === sku.maxQuantity &&
      t('product.limitMax', { count: sku.maxQuantity }),
  ].filter((limit) => limit !== false);
  if (limits.length === 0) return null;
  return <span className="cw-soft">{limits.join(' · ')}</span>;
}
