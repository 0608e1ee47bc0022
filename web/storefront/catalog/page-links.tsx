import { Link } from '@tanstack/react-router';
import { useTexts } from '../shop-texts.ts';
import classes from './page-links.module.css';

interface Props {
  page: number;
  pages: number;
  search: { q?: string; category?: string };
}

export function PageLinks({ page, pages, search }: Props) {
  const t = useTexts();
  if (pages <= 1) return null;
  const at = (target: number) => ({ ...search, ...(target > 1 && { page: target }) });
  return (
    <nav className={classes.pages} aria-label={t('catalog.pages')}>
      {page > 1 && (
        <Link to="/" search={at(page - 1)} rel="prev" className={classes.step}>
          {t('catalog.previous')}
        </Link>
      )}
      <span className="cw-number">{t('catalog.page', { page, pages })}</span>
      {page < pages && (
        <Link to="/" search={at(page + 1)} rel="next" className={classes.step}>
          {t('catalog.next')}
        </Link>
      )}
    </nav>
  );
}
