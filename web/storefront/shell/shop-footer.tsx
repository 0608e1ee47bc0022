import { useQuery } from '@tanstack/react-query';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './shop-footer.module.css';

export function ShopFooter() {
  const t = useTexts();
  const shop = useQuery(shopQuery).data;
  return (
    <footer className={classes.footer}>
      <div className={`cw-page ${classes.inner}`}>
        <span>{shop?.name}</span>
        <span>{t('shell.promise')}</span>
      </div>
    </footer>
  );
}
