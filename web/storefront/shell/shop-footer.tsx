import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useLanguage } from '../../ui/language.ts';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './shop-footer.module.css';
import { shopName } from './shop-name.ts';

/** Nobody waits for the foot of a page; if it cannot load, the page stands without it. */
const FooterWords = lazy(async () => {
  const found = await import('./footer-words.tsx').catch(() => undefined);
  return { default: found?.FooterWords ?? Nothing };
});

const Nothing = () => <></>;

export function ShopFooter() {
  const t = useTexts();
  const language = useLanguage();
  const shop = useQuery(shopQuery).data;
  return (
    <footer className={classes.footer}>
      <div className={`cw-page ${classes.inner}`}>
        <span>{shop && shopName(shop, language)}</span>
        <span>{t('shell.promise')}</span>
        <Suspense>
          <FooterWords />
        </Suspense>
      </div>
    </footer>
  );
}
