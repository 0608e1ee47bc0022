import { Button, Checkbox } from '@mantine/core';
import { IconDownload, IconReceipt, IconReceiptOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { dayEnd, dayStart } from '../list/day.ts';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { ChangeMany } from './change-many.tsx';
import { OrderFilters } from './order-filters.tsx';
import { ordersQuery } from './order-queries.ts';
import { OrderStatusBadge } from './order-status.tsx';
import { useOrderTexts } from './order-texts.ts';
import { exportAddress } from './orders-api.ts';

/** As many as one call changes. */
const maxSelected = 100;

export function OrdersPage() {
  const t = useOrderTexts();
  const { q, status, from, to } = useSearch({ from: '/desk/orders' });
  const filter = { q, status, from: dayStart(from), to: dayEnd(to) };
  const query = useInfiniteQuery(ordersQuery(filter));
  const orders = query.data?.pages.flatMap((page) => page.orders) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // What a new filter has taken out of sight is not acted on.
  const chosen = orders.filter(({ id }) => selected.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen.map((order) => order.id));
    if (!next.delete(id) && next.size < maxSelected) next.add(id);
    setSelected(next);
  };
  const isFiltered = Boolean(q || status || from || to);
  const language = useLanguage();
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <IfMay action="orders.export">
          <Button
            component="a"
            href={exportAddress(filter, language)}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('export')}
          </Button>
        </IfMay>
      </PageHead>
      <OrderFilters />
      {chosen.length > 0 && (
        <ChangeMany orders={chosen} onDone={() => void query.refetch()} onClear={() => setSelected(new Set())} />
      )}
      <ListState query={query} count={orders.length} empty={<None isFiltered={isFiltered} />}>
        <DataTable
          label={t('title')}
          columns={useColumns((id) => <Select id={id} checked={selected.has(id)} onToggle={() => toggle(id)} />)}
          rows={orders}
          rowKey={(order) => order.id}
        />
      </ListState>
    </div>
  );
}

function Select({ id, checked, onToggle }: { id: string; checked: boolean; onToggle: () => void }) {
  const t = useOrderTexts();
  return <Checkbox radius="sm" checked={checked} onChange={onToggle} aria-label={t('select', { id })} />;
}

function useColumns(select: (id: string) => ReactNode): Column<OrderView>[] {
  const t = useOrderTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  return [
    {
      key: 'id',
      title: t('column.order'),
      main: true,
      cell: ({ id }) => (
        <div className="cw-row">
          {select(id)}
          <Link to="/orders/$id" params={{ id }} className="cw-number">
            {id}
          </Link>
        </div>
      ),
    },
    { key: 'what', title: t('column.what'), cell: (order) => <Goods order={order} /> },
    { key: 'contact', title: t('column.contact'), cell: (order) => order.contact },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <OrderStatusBadge status={status} /> },
    {
      key: 'amount',
      title: t('column.amount'),
      end: true,
      cell: ({ totalMinor, currency }) => money(totalMinor, currency),
    },
    { key: 'at', title: t('column.at'), end: true, cell: ({ createdAt }) => dateTime(createdAt) },
  ];
}

function Goods({ order: { lines } }: { order: OrderView }) {
  const t = useOrderTexts();
  const first = lines[0];
  const name = first ? `${first.productName} ${first.skuName}` : '';
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  return <span>{lines.length > 1 ? t('more', { name, count }) : count > 1 ? `${name} × ${count}` : name}</span>;
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useOrderTexts();
  return isFiltered ? (
    <EmptyState icon={<IconReceiptOff size={32} />} title={t('none')} hint={t('noneHint')} />
  ) : (
    <EmptyState icon={<IconReceipt size={32} />} title={t('empty')} hint={t('emptyHint')} />
  );
}
