import { Button, NativeSelect } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { NoticeDeliveryView } from '../../../contract/admin-notices.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useMay } from '../access/may.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import classes from './delivery-list.module.css';
import { DeliveryState } from './delivery-state.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import { deliveriesQuery, retryNotices } from './notices-api.ts';

export function DeliveryList() {
  const t = useNoticeTexts();
  const may = useMay();
  const client = useQueryClient();
  const { status } = useSearch({ from: '/desk/notices' });
  const navigate = useNavigate({ from: '/notices' });
  const query = useInfiniteQuery(deliveriesQuery(status));
  const rows = query.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const failed = query.data?.pages[0]?.failed ?? 0;
  const retrying = useMutation({
    mutationFn: (ids: number[] | undefined) => retryNotices(ids),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notice-deliveries'] }),
  });
  return (
    <>
      <FilterBar>
        <NativeSelect
          label={t('log.filter')}
          value={status ?? ''}
          data={(['all', 'pending', 'failed'] as const).map((one) => ({
            value: one === 'all' ? '' : one,
            label: t(`log.${one}`),
          }))}
          onChange={(event) => {
            const next = event.currentTarget.value;
            void navigate({ search: next ? { tab: 'log', status: next } : { tab: 'log' }, replace: true });
          }}
        />
        {failed > 0 && may('notices.send') && (
          <Button variant="default" loading={retrying.isPending} onClick={() => retrying.mutate(undefined)}>
            {t('retryAll', { count: failed })}
          </Button>
        )}
      </FilterBar>
      <span role="status" className={classes.said}>
        {retrying.data && !retrying.isPending && t('retried', { count: retrying.data.retried })}
      </span>
      {retrying.error && <ProblemNotice problem={retrying.error} />}
      <ListState
        query={query}
        count={rows.length}
        empty={<EmptyState icon={<IconMailForward size={32} />} title={status ? t('log.none') : t('log.empty')} />}
      >
        <DataTable
          label={t('tab.log')}
          columns={useColumns((id) => retrying.mutate([id]))}
          rows={rows}
          rowKey={({ id }) => id}
        />
      </ListState>
    </>
  );
}

function useColumns(onRetry: (id: number) => void): Column<NoticeDeliveryView>[] {
  const t = useNoticeTexts();
  const may = useMay();
  const dateTime = useDateTime();
  const columns: Column<NoticeDeliveryView>[] = [
    {
      key: 'message',
      title: t('log.message'),
      main: true,
      cell: ({ title, lines }) => (
        <div>
          <div className={classes.title}>{title}</div>
          <div className={classes.lines}>{lines.slice(0, 4).join('\n')}</div>
        </div>
      ),
    },
    { key: 'target', title: t('log.target'), cell: ({ targetName }) => targetName ?? t('log.gone') },
    { key: 'time', title: t('log.time'), cell: ({ createdAt }) => dateTime(createdAt) },
    { key: 'state', title: t('log.state'), cell: (delivery) => <DeliveryState delivery={delivery} /> },
  ];
  if (!may('notices.send')) return columns;
  return [
    ...columns,
    {
      key: 'retry',
      title: '',
      end: true,
      cell: ({ id, title, status, attempts }) =>
        (status === 'failed' || (status === 'pending' && attempts > 0)) && (
          <Button
            variant="default"
            size="compact-md"
            aria-label={t('retryNamed', { title })}
            onClick={() => onRetry(id)}
          >
            {t('retry')}
          </Button>
        ),
    },
  ];
}
