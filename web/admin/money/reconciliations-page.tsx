import { Button, Skeleton, Switch } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReportView } from '../../../contract/admin-channels.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useTitle } from '../use-title.ts';
import { CompareDialog } from './compare-dialog.tsx';
import classes from './money.module.css';
import { reportsQuery } from './money-api.ts';
import { ChannelSelect, DayInputs } from './money-filters.tsx';
import { useMoneyTexts } from './money-texts.ts';
import { ReportState, Sums } from './report-parts.tsx';
import { useChannelName } from './use-channels.ts';

export function ReconciliationsPage() {
  const t = useMoneyTexts();
  const search = useSearch({ from: '/desk/reconciliations' });
  const navigate = useNavigate({ from: '/reconciliations' });
  const set = (name: string) => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  const { data, error, refetch } = useQuery(reportsQuery(search));
  const [isAsking, setAsking] = useState(false);
  const columns = useColumns();
  const isFiltered = Object.values(search).some(Boolean);
  useTitle(t('bills.title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('bills.title')} lead={t('bills.lead')}>
        {data && data.channels.length > 0 && (
          <IfMay action="reconciliations.run">
            <Button onClick={() => setAsking(true)}>{t('bills.run')}</Button>
          </IfMay>
        )}
      </PageHead>
      <FilterBar>
        <ChannelSelect value={search.channel} onChange={set('channel')} />
        <DayInputs search={search} set={set} />
        <Switch
          label={t('bills.differing')}
          checked={search.differing === 'true'}
          onChange={(event) => set('differing')(event.currentTarget.checked ? 'true' : '')}
          className={classes.switch}
        />
      </FilterBar>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} radius="lg" />}
      {data?.reports.length === 0 && (
        <EmptyState
          icon={<IconScale size={32} />}
          title={t(isFiltered ? 'bills.none' : 'bills.empty')}
          hint={t(data.channels.length === 0 ? 'bills.noChannels' : 'bills.emptyHint')}
        />
      )}
      {data && data.reports.length > 0 && (
        <DataTable
          label={t('bills.title')}
          columns={columns}
          rows={data.reports}
          rowKey={({ channel, date }) => `${channel} ${date}`}
        />
      )}
      {isAsking && data && <CompareDialog channels={data.channels} onClose={() => setAsking(false)} />}
    </div>
  );
}

function useColumns(): Column<ReportView>[] {
  const t = useMoneyTexts();
  const nameOf = useChannelName();
  return [
    {
      key: 'day',
      title: t('bills.day'),
      main: true,
      cell: ({ channel, date }) => (
        <Link to="/reconciliations/$channel/$date" params={{ channel, date }} className="cw-number">
          {date}
        </Link>
      ),
    },
    { key: 'channel', title: t('bills.channel'), cell: ({ channel }) => nameOf(channel) },
    { key: 'state', title: t('bills.state'), cell: (report) => <ReportState report={report} /> },
    {
      key: 'payments',
      title: t('bills.payments'),
      end: true,
      cell: ({ totals }) => <Sums totals={totals} of="payments" />,
    },
    {
      key: 'refunds',
      title: t('bills.refunds'),
      end: true,
      cell: ({ totals }) => <Sums totals={totals} of="refunds" />,
    },
    { key: 'fees', title: t('bills.fees'), end: true, cell: ({ totals }) => <Sums totals={totals} of="fees" /> },
    { key: 'net', title: t('bills.net'), end: true, cell: ({ totals }) => <Sums totals={totals} of="net" /> },
  ];
}
