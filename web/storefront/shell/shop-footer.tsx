import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './shop-footer.module.css';
import { inLanguage, shopName } from './shop-name.ts';

export function ShopFooter() {
  const t = useTexts();
  const language = useLanguage();
  const shop = useQuery(shopQuery).data;
  const look = shop?.look;
  const text = look && inLanguage(look.footer, language);
  const support = look && inLanguage(look.support, language);
  return (
    <footer className={classes.footer}>
      <div className={`cw-page ${classes.inner}`}>
        <span>{shop && shopName(shop, language)}</span>
        <span>{t('shell.promise')}</span>
        {text && <p className={classes.text}>{text}</p>}
        {look && (look.links.length > 0 || look.legal.length > 0 || support) && (
          <ul className={classes.links}>
            {support && <li>{look.support.url ? <a href={look.support.url}>{support}</a> : support}</li>}
            {look.legal.map((kind) => (
              <li key={kind}>
                <Link to="/legal/$kind" params={{ kind }}>
                  {t(`legal.${kind}`)}
                </Link>
              </li>
            ))}
            {look.links.map((link) => (
              <li key={link.url + link.zh}>
                <a href={link.url}>{inLanguage(link, language)}</a>
              </li>
            ))}
          </ul>
        )}
        {look?.filing.text && (
          <span className={classes.text}>
            {look.filing.url ? (
              <a href={look.filing.url} target="_blank" rel="noopener">
                {look.filing.text}
              </a>
            ) : (
              look.filing.text
            )}
          </span>
        )}
      </div>
    </footer>
  );
}
