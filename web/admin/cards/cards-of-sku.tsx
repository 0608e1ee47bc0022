import { Checkbox, NativeSelect } from '@mantine/core';
import { IconCards } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { AdminCard } from '../../../contract/card.ts';
import { cardStatus } from '../../../contract/states.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { cardsQuery } from './card-queries.ts';
import { CardStatusBadge } from './card-status.tsx';
import { useCardTexts } from './card-texts.ts';
import { MoveBar } from './move-bar.tsx';
import { OffReason } from './off-reason.tsx';

/** As many as one call moves. */
const maxSelected = 200;

export function CardsOfSku({ skuId }: { skuId: number }) {
  const t = useCardTexts();
  const { status } = useSearch({ from: '/desk/cards' });
  const navigate = useNavigate({ from: '/cards' });
  const query = useInfiniteQuery(cardsQuery(skuId, status));
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
          label={t('filter.status')}
          value={status ?? ''}
          onChange={(event) => {
            const value = event.currentTarget.value || undefined;
            setSelected(new Set());
            void navigate({ search: (before) => ({ ...before, status: value }), replace: true });
          }}
          data={[
            { value: '', label: t('filter.all') },
            ...(Object.keys(cardStatus) as (keyof typeof cardStatus)[]).map((name) => ({
              value: name,
              label: t(`count.${name}`),
            })),
          ]}
        />
      </FilterBar>
      {selected.size > 0 && (
        <IfMay action="cards.change">
          <MoveBar
            skuId={skuId}
            ids={[...selected]}
            withdrawn={status === 'withdrawn'}
            onDone={() => setSelected(new Set())}
          />
        </IfMay>
      )}
      <ListState
        query={query}
        count={cards.length}
        empty={<EmptyState icon={<IconCards size={32} />} title={t('none.cards')} />}
      >
        <DataTable
          label={t('tab.cards')}
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
      cell: ({ id, hasNumber }) => (
        <Checkbox
          radius="sm"
          checked={selected.has(id)}
          onChange={() => toggle(id)}
          label={t('card.id', { id })}
          description={hasNumber ? t('card.numbered') : t('card.secretOnly')}
          aria-label={t('select', { id })}
        />
      ),
    },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <CardStatusBadge status={status} /> },
    { key: 'why', title: t('column.why'), cell: (card) => <OffReason card={card} /> },
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
    {
      key: 'sold',
      title: t('column.sold'),
      end: true,
      cell: ({ saleTime }) => (saleTime === null ? '—' : dateTime(saleTime)),
    },
  ];
}
