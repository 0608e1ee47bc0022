import { IconBuildingStore, IconReceipt, IconShoppingBag } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../shop-texts.ts';
import classes from './bottom-tabs.module.css';
import { CartBadge } from './cart-badge.tsx';

/** The phone's navigation, within reach of a thumb. */
export function BottomTabs() {
  const t = useTexts();
  return (
    <nav className={classes.tabs} aria-label={t('nav.main')}>
      <Link to="/" activeOptions={{ includeSearch: false, exact: true }} className={classes.tab}>
        <IconBuildingStore size={22} stroke={1.7} aria-hidden />
        {t('nav.home')}
      </Link>
      <Link to="/cart" className={classes.tab}>
        <IconShoppingBag size={22} stroke={1.7} aria-hidden />
        {t('nav.cart')}
        <span className={classes.badge}>
          <CartBadge />
        </span>
      </Link>
      <Link to="/orders" className={classes.tab}>
        <IconReceipt size={22} stroke={1.7} aria-hidden />
        {t('nav.orders')}
      </Link>
    </nav>
  );
}
