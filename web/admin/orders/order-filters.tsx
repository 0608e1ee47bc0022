import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { orderStatuses } from '../../../contract/states.ts';
import { FilterBar } from '../list/filter-bar.tsx';
import { SearchField } from '../list/search-field.tsx';
import { useOrderTexts } from './order-texts.ts';

export function OrderFilters() {
  const t = useOrderTexts();
  const search = useSearch({ from: '/desk/orders' });
  const navigate = useNavigate({ from: '/orders' });
  const set = (name: 'q' | 'status' | 'from' | 'to') => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  return (
    <FilterBar>
      <SearchField label={t('search')} value={search.q ?? ''} onSearch={set('q')} />
      <NativeSelect
        label={t('filter.status')}
        value={search.status ?? ''}
        onChange={(event) => set('status')(event.currentTarget.value)}
        data={[
          { value: '', label: t('filter.all') },
          ...orderStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
      />
      <TextInput
        type="date"
        label={t('filter.from')}
        value={search.from ?? ''}
        max={search.to}
        onChange={(event) => set('from')(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('filter.to')}
        value={search.to ?? ''}
        min={search.from}
        onChange={(event) => set('to')(event.currentTarget.value)}
      />
    </FilterBar>
  );
}
