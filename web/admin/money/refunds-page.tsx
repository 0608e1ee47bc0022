import { IconArrowBackUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { refundStatuses } from '../../../contract/states.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { dayEnd, dayStart } from '../list/day.ts';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { refundsQuery } from './money-api.ts';
import { type FilterName, MoneyFilters } from './money-filters.tsx';
import { useMoneyTexts } from './money-texts.ts';
import { RefundTable } from './refund-table.tsx';

export function RefundsPage() {
  const t = useMoneyTexts();
  const search = useSearch({ from: '/desk/refunds' });
  const navigate = useNavigate({ from: '/refunds' });
  const set = (name: FilterName) => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  const { q, channel, status } = search;
  const query = useInfiniteQuery(
    refundsQuery({ q, channel, status, from: dayStart(search.from), to: dayEnd(search.to) }),
  );
  const refunds = query.data?.pages.flatMap((page) => page.refunds) ?? [];
  const isFiltered = Object.values(search).some(Boolean);
  useTitle(t('refunds.title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('refunds.title')} lead={t('refunds.lead')} />
      <MoneyFilters
        searchLabel={t('refunds.search')}
        search={search}
        statuses={refundStatuses.map((value) => ({ value, label: t(`refund.${value}`) }))}
        set={set}
      />
      <ListState
        query={query}
        count={refunds.length}
        empty={
          <EmptyState
            icon={<IconArrowBackUp size={32} />}
            title={t(isFiltered ? 'refunds.none' : 'refunds.empty')}
            hint={t(isFiltered ? 'payments.noneHint' : 'refunds.emptyHint')}
          />
        }
      >
        <RefundTable refunds={refunds} onChange={() => void query.refetch()} />
      </ListState>
    </div>
  );
}
