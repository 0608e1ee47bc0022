import { Skeleton } from '@mantine/core';
import type { ProductView } from '../../../contract/shop.ts';
import { ProductCard } from './product-card.tsx';
import classes from './product-grid.module.css';

const aboveTheFold = 4;

export function ProductGrid({ products }: { products: readonly ProductView[] }) {
  return (
    <div className={classes.grid}>
      {products.map((product, at) => (
        <ProductCard key={product.id} product={product} eager={at < aboveTheFold} />
      ))}
    </div>
  );
}

/** The shape of the catalogue while it loads, so that nothing jumps when it comes. */
export function ProductGridSkeleton() {
  return (
    <div className={classes.grid} aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <Skeleton key={key} height={248} radius="lg" />
      ))}
    </div>
  );
}
