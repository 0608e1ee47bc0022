import { useCart } from '../cart/cart-store.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './cart-badge.module.css';

/** How many pieces wait in the cart; nothing when it is empty. */
export function CartBadge() {
  const t = useTexts();
  const count = useCart().reduce((sum, line) => sum + line.quantity, 0);
  if (count === 0) return null;
  return (
    <span className={classes.badge}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="cw-sr-only">{t('nav.cartCount', { count })}</span>
    </span>
  );
}
