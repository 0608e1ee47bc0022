import type { SkuView } from '../../../contract/shop.ts';
import { isSoldOut } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './stock-note.module.css';

/** Below this the number itself is worth knowing; above a round statement reads calmer. */
const fewFrom = 10;
const exactUpTo = 999;

/** The live stock of one variant, or of all variants of a product together. */
export function StockNote({ skus }: { skus: readonly SkuView[] }) {
  const t = useTexts();
  if (skus.every(isSoldOut)) return <span className={classes.note}>{t('product.soldOut')}</span>;
  if (skus.some((sku) => sku.stock === null)) return <span className={classes.note}>{t('product.inStock')}</span>;
  const stock = skus.reduce((sum, sku) => sum + (sku.stock ?? 0), 0);
  if (stock > exactUpTo) return <span className={classes.note}>{t('product.inStock')}</span>;
  return (
    <span className={classes.note} data-few={stock < fewFrom || undefined}>
      {stock < fewFrom ? t('product.stockFew', { count: stock }) : t('product.stock', { count: stock })}
    </span>
  );
}
