import { IconCash, IconCashOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { PaymentRow } from '../../../contract/admin-money.ts';
import { paymentStatuses } from '../../../contract/states.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMoney } from '../../ui/money.ts';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { dayEnd, dayStart } from '../list/day.ts';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { AmountFilter, minorOf } from './amount-filter.tsx';
import classes from './money.module.css';
import { paymentsQuery } from './money-api.ts';
import { type FilterName, MoneyFilters } from './money-filters.tsx';
import { useMoneyTexts } from './money-texts.ts';
import { PaymentStatusBadge } from './payment-status.tsx';
import { RevenuePanel } from './revenue-panel.tsx';
import { useChannelName } from './use-channels.ts';

const pageRows = 50;
/** So many times the page looks further back by itself for what is rare; then it asks. */
const looksByItself = 30;

export function PaymentsPage() {
  const t = useMoneyTexts();
  const search = useSearch({ from: '/desk/payments' });
  const navigate = useNavigate({ from: '/payments' });
  const set = (name: FilterName) => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  const { q, channel, status, min, max } = search;
  const range = { from: dayStart(search.from), to: dayEnd(search.to) };
  const query = useInfiniteQuery(
    paymentsQuery({ q, channel, status, ...range, minMinor: minorOf(min), maxMinor: minorOf(max) }),
  );
  const pages = query.data?.pages ?? [];
  const payments = pages.flatMap((page) => page.payments);
  const searchedTo = pages.at(-1)?.searchedTo?.at;
  const looksOn = query.hasNextPage && payments.length < pageRows && pages.length < looksByItself;
  const { fetchNextPage, isFetching } = query;
  useEffect(() => {
    if (looksOn && !isFetching) void fetchNextPage();
  }, [looksOn, isFetching, fetchNextPage]);
  const columns = useColumns();
  const dateTime = useDateTime();
  const isFiltered = Object.values(search).some(Boolean);
  useTitle(t('payments.title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('payments.title')} lead={t('payments.lead')} />
      <IfMay action="revenue.read">
        <RevenuePanel range={range} />
      </IfMay>
      <MoneyFilters
        searchLabel={t('payments.search')}
        search={search}
        statuses={paymentStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        set={set}
      >
        <AmountFilter label={t('filter.min')} value={min ?? ''} onChange={set('min')} />
        <AmountFilter label={t('filter.max')} value={max ?? ''} onChange={set('max')} />
      </MoneyFilters>
      <ListState query={query} count={payments.length} empty={!looksOn && <None isFiltered={isFiltered} />}>
        <DataTable label={t('payments.title')} columns={columns} rows={payments} rowKey={({ id }) => id} />
      </ListState>
      {searchedTo !== undefined && (
        <p className={classes.lead} role="status">
          {t(looksOn ? 'payments.searching' : 'payments.searched', { at: dateTime(searchedTo) })}
        </p>
      )}
    </div>
  );
}

function useColumns(): Column<PaymentRow>[] {
  const t = useMoneyTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  const nameOf = useChannelName();
  return [
    {
      key: 'id',
      title: t('column.payment'),
      main: true,
      cell: ({ id }) => (
        <Link to="/payments/$id" params={{ id }} className="cw-number">
          {id}
        </Link>
      ),
    },
    { key: 'channel', title: t('column.channel'), cell: ({ channel }) => nameOf(channel) },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <PaymentStatusBadge status={status} /> },
    {
      key: 'amount',
      title: t('column.amount'),
      end: true,
      cell: ({ amountMinor, currency }) => money(amountMinor, currency),
    },
    { key: 'at', title: t('column.at'), end: true, cell: ({ createdAt }) => dateTime(createdAt) },
  ];
}

function None({ isFiltered }: { isFiltered: boolean }) {
  const t = useMoneyTexts();
  return isFiltered ? (
    <EmptyState icon={<IconCashOff size={32} />} title={t('payments.none')} hint={t('payments.noneHint')} />
  ) : (
    <EmptyState icon={<IconCash size={32} />} title={t('payments.empty')} hint={t('payments.emptyHint')} />
  );
}
