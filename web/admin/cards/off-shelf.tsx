import { Checkbox, NativeSelect } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AdminCard } from '../../../contract/card.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { offShelfQuery } from './card-queries.ts';
import { useCardTexts } from './card-texts.ts';
import { MoveBar } from './move-bar.tsx';
import { OffReason } from './off-reason.tsx';

const bins = ['withdrawn', 'quarantined'] as const;
const maxSelected = 200;

/** Cards of all variants that are not for sale: the recycle bin, and those that somebody must look into. */
export function OffShelf() {
  const t = useCardTexts();
  const [bin, setBin] = useState<(typeof bins)[number]>('withdrawn');
  const query = useInfiniteQuery(offShelfQuery(bin));
  const cards = query.data?.pages.flatMap((page) => page.cards) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number) => {
    const next = new Set(selected);
    if (!next.delete(id) && next.size < maxSelected) next.add(id);
    setSelected(next);
  };
  return (
    <>
      <FilterBar>
        <NativeSelect
          label={t('bin.label')}
          value={bin}
          data={bins.map((value) => ({ value, label: t(`bin.${value}`) }))}
          onChange={(event) => {
            setSelected(new Set());
            setBin(event.currentTarget.value === 'quarantined' ? 'quarantined' : 'withdrawn');
          }}
        />
      </FilterBar>
      {selected.size > 0 && (
        <IfMay action="cards.change">
          <MoveBar ids={[...selected]} withdrawn={bin === 'withdrawn'} onDone={() => setSelected(new Set())} />
        </IfMay>
      )}
      <ListState
        query={query}
        count={cards.length}
        empty={<EmptyState icon={<IconTrash size={32} />} title={t(`bin.${bin}None`)} hint={t(`bin.${bin}Hint`)} />}
      >
        <DataTable
          label={t('tab.off')}
          columns={useColumns(selected, toggle)}
          rows={cards}
          rowKey={(card) => card.id}
        />
      </ListState>
    </>
  );
}

function useColumns(selected: ReadonlySet<number>, toggle: (id: number) => void): Column<AdminCard>[] {
  const t = useCardTexts();
  const dateTime = useDateTime();
  return [
    {
      key: 'card',
      title: t('column.card'),
      main: true,
      cell: ({ id }) => (
        <Checkbox
          radius="sm"
          checked={selected.has(id)}
          onChange={() => toggle(id)}
          label={t('card.id', { id })}
          aria-label={t('select', { id })}
        />
      ),
    },
    { key: 'why', title: t('column.why'), cell: (card) => <OffReason card={card} /> },
    { key: 'since', title: t('column.since'), cell: ({ offAt }) => (offAt === null ? '—' : dateTime(offAt)) },
    { key: 'batch', title: t('column.batch'), end: true, cell: ({ batchId }) => batchId },
    {
      key: 'order',
      title: t('column.order'),
      cell: ({ orderId }) =>
        orderId === null ? (
          '—'
        ) : (
          <Link to="/orders/$id" params={{ id: orderId }}>
            {orderId}
          </Link>
        ),
    },
  ];
}
