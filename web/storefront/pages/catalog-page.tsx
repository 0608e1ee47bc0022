import { IconMoodEmpty, IconPackage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CategoryBar } from '../catalog/category-bar.tsx';
import { PageLinks } from '../catalog/page-links.tsx';
import { ProductGrid, ProductGridSkeleton } from '../catalog/product-grid.tsx';
import { SearchBox } from '../catalog/search-box.tsx';
import { Welcome } from '../catalog/welcome.tsx';
import { productsQuery } from '../queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './catalog-page.module.css';

export function CatalogPage() {
  const t = useTexts();
  const search = useSearch({ from: '/' });
  const { q, category, page = 1 } = search;
  const reply = useQuery(productsQuery({ q, category, page, lang: useLanguage() }));
  const isFiltered = Boolean(q || category);
  const current = reply.data?.categories.find((candidate) => candidate.slug === category);
  useTitle(q ?? current?.name);
  return (
    <div className={`cw-page ${classes.page}`}>
      {!isFiltered && page === 1 ? (
        <Welcome />
      ) : (
        <h1 className="cw-sr-only">{q ?? current?.name ?? t('catalog.title')}</h1>
      )}
      <div className={classes.search}>
        <SearchBox />
      </div>
      <CategoryBar categories={reply.data?.categories ?? []} current={category} q={q} />
      {reply.error && !reply.data && <ProblemNotice problem={reply.error} onRetry={() => void reply.refetch()} />}
      {reply.isPending && <ProductGridSkeleton />}
      {reply.data && (
        <>
          <p className={isFiltered ? classes.found : 'cw-sr-only'} role="status">
            {t('catalog.found', { count: reply.data.total })}
          </p>
          <ProductGrid products={reply.data.products} />
          {reply.data.products.length === 0 && <Nothing isFiltered={isFiltered} />}
          <PageLinks
            page={page}
            pages={Math.ceil(reply.data.total / reply.data.pageSize)}
            search={{ ...(q && { q }), ...(category && { category }) }}
          />
        </>
      )}
    </div>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTexts();
  if (!isFiltered) {
    return <EmptyState icon={<IconPackage size={32} />} title={t('catalog.empty')} hint={t('catalog.emptyHint')} />;
  }
  return (
    <EmptyState icon={<IconMoodEmpty size={32} />} title={t('catalog.none')} hint={t('catalog.noneHint')}>
      <LinkButton to="/" variant="default">
        {t('catalog.showAll')}
      </LinkButton>
    </EmptyState>
  );
}
