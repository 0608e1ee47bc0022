import { Button } from '@mantine/core';
import { IconDownload, IconReceipt, IconReceiptOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { OrderView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { useMoney } from '../../ui/money.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { dayEnd, dayStart } from '../list/day.ts';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { OrderFilters } from './order-filters.tsx';
import { ordersQuery } from './order-queries.ts';
import { OrderStatusBadge } from './order-status.tsx';
import { useOrderTexts } from './order-texts.ts';
import { exportAddress } from './orders-api.ts';

export function OrdersPage() {
  const t = useOrderTexts();
  const { q, status, from, to } = useSearch({ from: '/desk/orders' });
  const filter = { q, status, from: dayStart(from), to: dayEnd(to) };
  const query = useInfiniteQuery(ordersQuery(filter));
  const orders = query.data?.pages.flatMap((page) => page.orders) ?? [];
  const isFiltered = Boolean(q || status || from || to);
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <Button
          component="a"
          href={exportAddress(filter, useLanguage())}
          download
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t('export')}
        </Button>
      </PageHead>
      <OrderFilters />
      <ListState query={query} count={orders.length} empty={<None isFiltered={isFiltered} />}>
        <DataTable label={t('title')} columns={useColumns()} rows={orders} rowKey={(order) => order.id} />
      </ListState>
    </div>
  );
}

function useColumns(): Column<OrderView>[] {
  const t = useOrderTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  return [
    {
      key: 'id',
      title: t('column.order'),
      main: true,
      cell: ({ id }) => (
        <Link to="/orders/$id" params={{ id }} className="cw-number">
          {id}
        </Link>
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
