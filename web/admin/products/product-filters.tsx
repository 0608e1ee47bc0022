import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { saleStatuses } from '../../../contract/admin-catalogue.ts';
import { FilterBar } from '../list/filter-bar.tsx';
import { SearchField } from '../list/search-field.tsx';
import { categoriesQuery } from './product-queries.ts';
import { useProductTexts } from './product-texts.ts';

export function ProductFilters() {
  const t = useProductTexts();
  const search = useSearch({ from: '/desk/products' });
  const navigate = useNavigate({ from: '/products' });
  const categories = useQuery(categoriesQuery).data ?? [];
  const set = (name: 'q' | 'status' | 'category') => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  return (
    <FilterBar>
      <SearchField label={t('search')} value={search.q ?? ''} maxLength={100} onSearch={set('q')} />
      <NativeSelect
        label={t('filter.status')}
        value={search.status ?? ''}
        onChange={(event) => set('status')(event.currentTarget.value)}
        data={[
          { value: '', label: t('filter.all') },
          ...saleStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
      />
      <NativeSelect
        label={t('filter.category')}
        value={search.category ?? ''}
        onChange={(event) => set('category')(event.currentTarget.value)}
        data={[
          { value: '', label: t('filter.all') },
          ...categories.map((category) => ({ value: String(category.id), label: category.name })),
        ]}
      />
    </FilterBar>
  );
}
