import { Skeleton } from '@mantine/core';
import { IconClockHour4 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { DataTable } from '../list/data-table.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import { noticeKindsQuery, waitsQuery } from './notices-api.ts';

/** Buyers who want to hear when something is back: how many, for what. */
export function WaitList() {
  const t = useNoticeTexts();
  const dateTime = useDateTime();
  const { data: waits, error, refetch } = useQuery(waitsQuery(useLanguage()));
  const mailWorks = useQuery(noticeKindsQuery).data?.mailWorks ?? true;
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!waits) return <Skeleton height={160} radius="lg" />;
  if (waits.length === 0) {
    return (
      <EmptyState
        icon={<IconClockHour4 size={32} />}
        title={t('waits.empty')}
        hint={mailWorks ? t('waits.hint') : t('waits.noMail')}
      />
    );
  }
  return (
    <DataTable
      label={t('tab.waits')}
      rows={waits}
      rowKey={({ skuId }) => skuId}
      columns={[
        { key: 'name', title: t('waits.name'), main: true, cell: ({ name }) => name },
        { key: 'count', title: t('waits.count'), end: true, cell: ({ waiting }) => waiting },
        { key: 'since', title: t('waits.since'), end: true, cell: ({ since }) => dateTime(since) },
      ]}
    />
  );
}
