import { IconBolt, IconReceipt, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../ui/language.ts';
import { shopQuery } from '../queries.ts';
import { inLanguage } from '../shell/shop-name.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './welcome.module.css';

/** What a first-time visitor wants to know before trusting the shop. */
export function Welcome() {
  const t = useTexts();
  const language = useLanguage();
  const look = useQuery(shopQuery).data?.look;
  const slogan = look && inLanguage(look.slogan, language);
  return (
    <section className={classes.welcome}>
      <h1 className={classes.headline}>{slogan || t('catalog.headline')}</h1>
      <p className={classes.lead}>{t('catalog.lead')}</p>
      <ul className={classes.points}>
        <li>
          <IconBolt size={18} aria-hidden />
          {t('product.auto')}
        </li>
        <li>
          <IconShieldLock size={18} aria-hidden />
          {t('catalog.pointSafe')}
        </li>
        <li>
          <IconReceipt size={18} aria-hidden />
          {t('catalog.pointFind')}
        </li>
      </ul>
    </section>
  );
}
