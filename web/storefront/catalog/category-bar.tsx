import { Link } from '@tanstack/react-router';
import type { CategoryView } from '../../../contract/shop.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './category-bar.module.css';

interface Props {
  categories: readonly CategoryView[];
  current: string | undefined;
  q: string | undefined;
}

export function CategoryBar({ categories, current, q }: Props) {
  const t = useTexts();
  if (categories.length === 0) return null;
  const search = q ? { q } : {};
  return (
    <nav className={classes.bar} aria-label={t('catalog.categories')}>
      <ul className={classes.list}>
        <li>
          <Link
            to="/"
            search={search}
            className={classes.chip}
            data-current={!current || undefined}
            resetScroll={false}
          >
            {t('catalog.all')}
          </Link>
        </li>
        {categories.map((category) => (
          <li key={category.id}>
            <Link
              to="/"
              search={{ ...search, category: category.slug }}
              className={classes.chip}
              data-current={current === category.slug || undefined}
              resetScroll={false}
            >
              {category.iconUrl && (
                <img className={classes.icon} src={category.iconUrl} width={20} height={20} alt="" />
              )}
              {category.name}
              <span className={classes.count}>{category.productCount}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
