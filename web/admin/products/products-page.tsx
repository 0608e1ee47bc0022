import { IconMoodEmpty, IconPackage, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { AdminProduct } from '../../../contract/admin-catalogue.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../use-title.ts';
import { MoveButtons } from './move-buttons.tsx';
import { PriceRange } from './price-range.tsx';
import { ProductFilters } from './product-filters.tsx';
import { categoriesQuery, productsQuery } from './product-queries.ts';
import { useProductTexts } from './product-texts.ts';
import { SaleStatusBadge } from './sale-status.tsx';

export function ProductsPage() {
  const t = useProductTexts();
  const { q, status, category } = useSearch({ from: '/desk/products' });
  const query = useInfiniteQuery(productsQuery({ q, status, categoryId: Number(category) || undefined }));
  const products = query.data?.pages.flatMap((page) => page.products) ?? [];
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <LinkButton to="/categories" variant="default">
          {t('categories.title')}
        </LinkButton>
        <IfMay action="catalogue.change">
          <LinkButton to="/products/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('create')}
          </LinkButton>
        </IfMay>
      </PageHead>
      <ProductFilters />
      <ListState query={query} count={products.length} empty={<None isFiltered={Boolean(q || status || category)} />}>
        <DataTable label={t('title')} columns={useColumns(products)} rows={products} rowKey={(product) => product.id} />
      </ListState>
    </div>
  );
}

function useColumns(products: readonly AdminProduct[]): Column<AdminProduct>[] {
  const t = useProductTexts();
  const client = useQueryClient();
  const categories = new Map((useQuery(categoriesQuery).data ?? []).map((category) => [category.id, category.name]));
  return [
    {
      key: 'name',
      title: t('column.name'),
      main: true,
      cell: ({ id, name, isSample }) => (
        <>
          <Link to="/products/$id" params={{ id: String(id) }}>
            {name}
          </Link>{' '}
          {isSample && <StatusBadge tone="calm">{t('sample')}</StatusBadge>}
        </>
      ),
    },
    {
      key: 'category',
      title: t('column.category'),
      cell: ({ categoryId }) => (categoryId === null ? '—' : (categories.get(categoryId) ?? '—')),
    },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <SaleStatusBadge status={status} /> },
    {
      key: 'skus',
      title: t('column.skus'),
      end: true,
      cell: ({ skus }) => (skus.length === 0 ? t('noSku') : t('skuCount', { count: skus.length })),
    },
    { key: 'price', title: t('column.price'), end: true, cell: ({ skus }) => <PriceRange skus={skus} /> },
    { key: 'stock', title: t('column.stock'), end: true, cell: (product) => stockOf(product, t('unlimited')) },
    {
      key: 'move',
      title: '',
      end: true,
      cell: (product) => (
        <IfMay action="catalogue.change">
          <MoveButtons
            kind="products"
            name={product.name}
            of={products}
            at={products.indexOf(product)}
            onMoved={() => client.invalidateQueries({ queryKey: ['products'] })}
          />
        </IfMay>
      ),
    },
  ];
}

function stockOf({ skus }: AdminProduct, unlimited: string): string {
  if (skus.length === 0) return '—';
  if (skus.some((sku) => sku.stock === null)) return unlimited;
  return String(skus.reduce((sum, sku) => sum + (sku.stock ?? 0), 0));
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useProductTexts();
  if (isFiltered) return <EmptyState icon={<IconMoodEmpty size={32} />} title={t('none')} hint={t('noneHint')} />;
  return (
    <EmptyState icon={<IconPackage size={32} />} title={t('empty')} hint={t('emptyHint')}>
      <IfMay action="catalogue.change">
        <LinkButton to="/products/new">{t('create')}</LinkButton>
      </IfMay>
    </EmptyState>
  );
}
