import { IconCreditCard, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AdminChannelView } from '../../../contract/admin-channels.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { PageHead } from '../list/page-head.tsx';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../use-title.ts';
import { ChannelState } from './channel-state.tsx';
import { useChannelTexts } from './channel-texts.ts';
import { channelsQuery, kindsQuery } from './channels-api.ts';

export function ChannelsPage() {
  const t = useChannelTexts();
  const { data: channels, error, refetch } = useQuery(channelsQuery);
  const columns = useColumns();
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <IfMay action="channels.change">
          <LinkButton to="/channels/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {t('create')}
          </LinkButton>
        </IfMay>
      </PageHead>
      {error && <ProblemNotice problem={error} onRetry={() => void refetch()} />}
      {channels?.length === 0 && (
        <EmptyState icon={<IconCreditCard size={32} />} title={t('empty')} hint={t('emptyHint')} />
      )}
      {channels && channels.length > 0 && (
        <DataTable label={t('title')} columns={columns} rows={channels} rowKey={({ code }) => code} />
      )}
    </div>
  );
}

function useColumns(): Column<AdminChannelView>[] {
  const t = useChannelTexts();
  const language = useLanguage();
  const kinds = useQuery(kindsQuery).data ?? [];
  const kindName = (kind: string) => kinds.find((one) => one.kind === kind)?.names[language] ?? kind;
  return [
    {
      key: 'name',
      title: t('column.name'),
      main: true,
      cell: ({ code, nameZh, nameEn }) => (
        <Link to="/channels/$code" params={{ code }}>
          {(language === 'zh' ? nameZh : nameEn) || nameZh || code}
        </Link>
      ),
    },
    { key: 'kind', title: t('column.kind'), cell: ({ kind }) => kindName(kind) },
    { key: 'state', title: t('column.state'), cell: (channel) => <ChannelState channel={channel} /> },
    { key: 'priority', title: t('column.priority'), end: true, cell: ({ priority }) => priority },
    {
      key: 'fee',
      title: t('column.fee'),
      end: true,
      cell: ({ feeBasisPoints }) => (feeBasisPoints === 0 ? '—' : `${feeBasisPoints / 100} %`),
    },
  ];
}
