import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProductView } from '../../../contract/shop.ts';
import { isSoldOut, largestQuantity } from '../cart/priced-line.ts';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import { BuyBar } from './buy-bar.tsx';
import { DeliveryPromise } from './delivery-promise.tsx';
import { FlashSale } from './flash-sale.tsx';
import { PriceSteps } from './price-steps.tsx';
import classes from './product-purchase.module.css';
import { PurchaseLimits } from './purchase-limits.tsx';
import { QuantityStepper } from './quantity-stepper.tsx';
import { RestockForm } from './restock-form.tsx';
import { SkuPicker } from './sku-picker.tsx';
import { useSaleBorders } from './use-sale-borders.ts';

/** Everything between choosing a variant and buying it. */
export function ProductPurchase({ product }: { product: ProductView }) {
  const t = useTexts();
  const [chosenId, setChosenId] = useState<number>();
  const [wanted, setWanted] = useState(1);
  const writesMails = useQuery(shopQuery).data?.restockMails === true;
  useSaleBorders(product.skus);
  const sku =
    product.skus.find((candidate) => candidate.id === chosenId) ??
    product.skus.find((candidate) => !isSoldOut(candidate)) ??
    product.skus[0];
  if (!sku) return null;
  // Stock moves while the page is open, so the quantity is fitted each time, not once.
  const max = Math.max(sku.minQuantity, largestQuantity(sku));
  const quantity = Math.min(max, Math.max(sku.minQuantity, wanted));
  const soldOut = isSoldOut(sku);
  return (
    <div className={classes.purchase}>
      <SkuPicker skus={product.skus} chosen={sku.id} onChoose={setChosenId} />
      {sku.flashSale && <FlashSale sku={sku} sale={sku.flashSale} />}
      <PriceSteps sku={sku} quantity={quantity} />
      {soldOut ? (
        <>
          <p className={classes.soldOut} role="status">
            {t('product.soldOutHint')}
          </p>
          {writesMails && sku.delivery === 'cards' && <RestockForm key={sku.id} skuId={sku.id} />}
        </>
      ) : (
        <section>
          <h2 className="cw-section-title">{t('product.quantity')}</h2>
          <div className={classes.quantity}>
            <QuantityStepper value={quantity} min={sku.minQuantity} max={max} onChange={setWanted} />
            <PurchaseLimits sku={sku} />
          </div>
        </section>
      )}
      <BuyBar sku={sku} line={{ skuId: sku.id, slug: product.slug, quantity }} />
      <DeliveryPromise delivery={sku.delivery} />
    </div>
  );
}
