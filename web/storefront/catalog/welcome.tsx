import { IconBolt, IconReceipt, IconShieldLock } from '@tabler/icons-react';
import { useTexts } from '../shop-texts.ts';
import classes from './welcome.module.css';

/** What a first-time visitor wants to know before trusting the shop. */
export function Welcome() {
  const t = useTexts();
  return (
    <section className={classes.welcome}>
      <h1 className={classes.headline}>{t('catalog.headline')}</h1>
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
