import { Link } from '@tanstack/react-router';
import type { ProductView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { isSoldOut } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './product-card.module.css';
import { ProductCover } from './product-cover.tsx';
import { StockNote } from './stock-note.tsx';

export function ProductCard({ product, eager }: { product: ProductView; eager: boolean }) {
  const t = useTexts();
  const money = useMoney();
  const soldOut = product.skus.every(isSoldOut);
  const cheapest = product.skus.toSorted((a, b) => a.priceMinor - b.priceMinor)[0];
  const hasRange = product.skus.some((sku) => sku.priceMinor !== cheapest?.priceMinor);
  return (
    <article className={classes.card} data-sold-out={soldOut || undefined}>
      <div className={classes.cover}>
        <ProductCover product={product} eager={eager} />
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
              <span className={classes.amount}>{money(cheapest.priceMinor, cheapest.currency)}</span>
              {hasRange && <span className={classes.from}> {t('product.from')}</span>}
            </span>
          )}
          <StockNote skus={product.skus} />
        </div>
      </div>
    </article>
  );
}
