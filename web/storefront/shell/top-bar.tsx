import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BrandMark } from '../../ui/brand-mark.tsx';
import { ColorSchemeSwitch } from '../../ui/color-scheme-switch.tsx';
import { useLanguage } from '../../ui/language.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { SearchBox } from '../catalog/search-box.tsx';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import { CartBadge } from './cart-badge.tsx';
import { shopName } from './shop-name.ts';
import classes from './top-bar.module.css';

export function TopBar() {
  const t = useTexts();
  const shop = useQuery(shopQuery).data;
  const language = useLanguage();
  const logo = shop?.look?.logo;
  return (
    <header className={classes.bar}>
      <div className={`cw-page ${classes.inner}`}>
        <Link to="/" className={classes.brand}>
          {logo ? (
            <img className={classes.logo} src={logo.url} width={logo.width} height={logo.height} alt="" />
          ) : (
            <BrandMark />
          )}
          <span className={classes.name}>{shopName(shop, language)}</span>
        </Link>
        <div className={classes.search}>
          <SearchBox />
        </div>
        <nav className={classes.nav} aria-label={t('nav.main')}>
          <Link to="/" activeOptions={{ includeSearch: false, exact: true }} className={classes.link}>
            {t('nav.home')}
          </Link>
          <Link to="/orders" className={classes.link}>
            {t('nav.orders')}
          </Link>
          <Link to="/cart" className={classes.link}>
            {t('nav.cart')}
            <CartBadge />
          </Link>
        </nav>
        <div className={classes.switches}>
          <LanguageSwitch />
          <ColorSchemeSwitch />
        </div>
      </div>
    </header>
  );
}
