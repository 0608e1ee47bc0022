import { Link } from '@tanstack/react-router';
import type { ProductView, SkuView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { isSoldOut, priceNow } from '../cart/priced-line.ts';
import { useSaleBorders } from '../product/use-sale-borders.ts';
import { WasPrice } from '../product/was-price.tsx';
import { useTexts } from '../shop-texts.ts';
import classes from './product-card.module.css';
import { ProductCover } from './product-cover.tsx';
import { StockNote } from './stock-note.tsx';

export function ProductCard({ product, eager }: { product: ProductView; eager: boolean }) {
  const t = useTexts();
  const money = useMoney();
  const soldOut = product.skus.every(isSoldOut);
  useSaleBorders(product.skus);
  const price = (sku: SkuView) => Math.min(sku.priceMinor, priceNow(sku, sku.minQuantity));
  const cheapest = product.skus.toSorted((a, b) => price(a) - price(b))[0];
  const hasRange = product.skus.some((sku) => cheapest && price(sku) !== price(cheapest));
  const isOnSale = product.skus.some((sku) => price(sku) < sku.priceMinor);
  return (
    <article className={classes.card} data-sold-out={soldOut || undefined}>
      <div className={classes.cover}>
        <ProductCover product={product} eager={eager} />
        {isOnSale && !soldOut && <span className={classes.sale}>{t('sale.badge')}</span>}
        {soldOut && <span className={classes.ribbon}>{t('product.soldOut')}</span>}
      </div>
      <div className={classes.body}>
        <h2 className={classes.name}>
          <Link to="/products/$slug" params={{ slug: product.slug }} className={classes.link}>
            {product.name}
          </Link>
        </h2>
        <p className={classes.summary}>{product.summary}</p>
        <div className={classes.foot}>
          {cheapest && (
            <span className="cw-price">
              <span className={classes.amount}>{money(price(cheapest), cheapest.currency)}</span>{' '}
              <WasPrice was={cheapest.priceMinor} now={price(cheapest)} currency={cheapest.currency} />
              {hasRange && <span className={classes.from}> {t('product.from')}</span>}
            </span>
          )}
          <StockNote skus={product.skus} />
        </div>
      </div>
    </article>
  );
}
