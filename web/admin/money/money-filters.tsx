import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { FilterBar } from '../list/filter-bar.tsx';
import { SearchField } from '../list/search-field.tsx';
import { useMoneyTexts } from './money-texts.ts';
import { useChannels } from './use-channels.ts';

export type FilterName = 'q' | 'channel' | 'status' | 'from' | 'to' | 'min' | 'max';

interface Props {
  searchLabel: string;
  search: Partial<Record<FilterName, string>>;
  statuses: readonly { value: string; label: string }[];
  set: (name: FilterName) => (value: string) => void;
  children?: ReactNode;
}

/** What payments and refunds are both looked for by. */
export function MoneyFilters({ searchLabel, search, statuses, set, children }: Props) {
  const t = useMoneyTexts();
  return (
    <FilterBar>
      <SearchField label={searchLabel} value={search.q ?? ''} onSearch={set('q')} />
      <ChannelSelect value={search.channel} onChange={set('channel')} />
      <NativeSelect
        label={t('filter.status')}
        value={search.status ?? ''}
        onChange={(event) => set('status')(event.currentTarget.value)}
        data={[{ value: '', label: t('filter.all') }, ...statuses]}
      />
      {children}
      <DayInputs search={search} set={set} />
    </FilterBar>
  );
}

interface SelectProps {
  value: string | undefined;
  /** Others than those of the shop. */
  channels?: readonly { code: string; name: string }[];
  onChange: (code: string) => void;
}

export function ChannelSelect({ value, channels, onChange }: SelectProps) {
  const t = useMoneyTexts();
  const all = useChannels();
  return (
    <NativeSelect
      label={t('filter.channel')}
      w={{ sm: 170 }}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('filter.allChannels') },
        ...(channels ?? all).map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
  );
}

export function DayInputs({ search, set }: Pick<Props, 'search' | 'set'>) {
  const t = useMoneyTexts();
  return (
    <>
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
    </>
  );
}
