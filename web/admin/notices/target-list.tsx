import { Skeleton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NoticeTargetView } from '../../../contract/admin-notices.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { useNoticeTexts } from './notice-texts.ts';
import { noticeKindsQuery, targetsQuery } from './notices-api.ts';
import { TargetState } from './target-state.tsx';

export function TargetList() {
  const t = useNoticeTexts();
  const { data: targets, error, refetch } = useQuery(targetsQuery);
  const columns = useColumns();
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!targets) return <Skeleton height={160} radius="lg" />;
  if (targets.length === 0)
    return <EmptyState icon={<IconBell size={32} />} title={t('empty')} hint={t('emptyHint')} />;
  return <DataTable label={t('tab.targets')} columns={columns} rows={targets} rowKey={({ id }) => id} />;
}

function useColumns(): Column<NoticeTargetView>[] {
  const t = useNoticeTexts();
  const language = useLanguage();
  const kinds = useQuery(noticeKindsQuery).data?.kinds ?? [];
  const kindName = (kind: string) => kinds.find((one) => one.kind === kind)?.names[language] ?? kind;
  return [
    {
      key: 'name',
      title: t('column.name'),
      main: true,
      cell: ({ id, name }) => (
        <Link to="/notices/$id" params={{ id: String(id) }}>
          {name}
        </Link>
      ),
    },
    { key: 'kind', title: t('column.kind'), cell: ({ kind }) => kindName(kind) },
    { key: 'events', title: t('column.events'), cell: ({ events }) => t('eventCount', { count: events.length }) },
    { key: 'state', title: t('column.state'), cell: (target) => <TargetState target={target} /> },
  ];
}
