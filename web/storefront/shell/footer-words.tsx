import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../ui/language.ts';
import { useLegalTexts } from '../legal/legal-texts.ts';
import { shopQuery } from '../queries.ts';
import classes from './shop-footer.module.css';
import { inLanguage } from './shop-name.ts';

/** What the owner says at the foot of every page. */
export function FooterWords() {
  const t = useLegalTexts();
  const language = useLanguage();
  const shop = useQuery(shopQuery).data;
  const look = shop?.look;
  const text = look && inLanguage(look.footer, language);
  const support = look && inLanguage(look.support, language);
  return (
    <>
      {text && <p className={classes.text}>{text}</p>}
      {look && (look.links.length > 0 || look.legal.length > 0 || support) && (
        <ul className={classes.links}>
          {support && <li>{look.support.url ? <a href={look.support.url}>{support}</a> : support}</li>}
          {look.legal.map((kind) => (
            <li key={kind}>
              <Link to="/legal/$kind" params={{ kind }}>
                {t(kind)}
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
      {/cardwell_safe_mode=on/.test(document.cookie) && (
        <span className={classes.text}>
          {t('safeMode')} <a href="/safe-mode/off">{t('safeModeOff')}</a>
        </span>
      )}
    </>
  );
}
