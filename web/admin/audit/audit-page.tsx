import { Button } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { AuditEntryView, AuditList } from '../../../contract/admin.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { call } from '../api.ts';
import { Dialog } from '../ask/dialog.tsx';
import { type Column, DataTable } from '../list/data-table.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { SearchField } from '../list/search-field.tsx';
import { searchText } from '../search-text.ts';
import { useTitle } from '../use-title.ts';
import { ActionName, ActionPicker, useActionWords } from './action-words.tsx';
import classes from './audit-page.module.css';
import { useAuditTexts } from './audit-texts.ts';
import { ChainState } from './chain-state.tsx';

const auditQuery = (search: { action?: string | undefined; subject?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', search],
    queryFn: ({ pageParam, signal }) =>
      call<AuditList>(`/audit-log${searchText({ ...search, before: pageParam })}`, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export function AuditPage() {
  const t = useAuditTexts();
  const { action, subject } = useSearch({ from: '/desk/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const query = useInfiniteQuery(auditQuery({ action, subject }));
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const [shown, setShown] = useState<AuditEntryView>();
  const set = (name: 'action' | 'subject') => (value: string) =>
    void navigate({ search: (before) => ({ ...before, [name]: value || undefined }), replace: true });
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          href={`/api/admin/v1/audit-log.csv${searchText({ action, subject })}`}
        >
          {t('export')}
        </Button>
      </PageHead>
      <ChainState />
      <FilterBar>
        <ActionPicker label={t('action')} value={action ?? ''} onPick={set('action')} />
        <SearchField label={t('subject')} value={subject ?? ''} maxLength={80} onSearch={set('subject')} />
      </FilterBar>
      <ListState
        query={query}
        count={entries.length}
        empty={<EmptyState icon={<IconHistory size={32} />} title={t('empty')} />}
      >
        <DataTable label={t('title')} columns={useColumns(setShown)} rows={entries} rowKey={(entry) => entry.id} />
      </ListState>
      {shown && <Change entry={shown} onClose={() => setShown(undefined)} />}
    </div>
  );
}

function useColumns(onShow: (entry: AuditEntryView) => void): Column<AuditEntryView>[] {
  const t = useAuditTexts();
  const dateTime = useDateTime();
  return [
    { key: 'action', title: t('column.action'), main: true, cell: ({ action }) => <ActionName action={action} /> },
    { key: 'subject', title: t('column.subject'), cell: ({ subject }) => subject },
    { key: 'actor', title: t('column.actor'), cell: ({ actor }) => actor },
    { key: 'reason', title: t('column.reason'), cell: ({ reason }) => reason ?? '—' },
    { key: 'at', title: t('column.at'), end: true, cell: ({ at }) => dateTime(at) },
    {
      key: 'change',
      title: t('column.change'),
      end: true,
      cell: (entry) =>
        entry.before === null && entry.after === null ? (
          '—'
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('showNamed', { id: entry.id })}
            onClick={() => onShow(entry)}
          >
            {t('show')}
          </Button>
        ),
    },
  ];
}

function Change({ entry, onClose }: { entry: AuditEntryView; onClose: () => void }) {
  const t = useAuditTexts();
  const wordsOf = useActionWords();
  return (
    <Dialog title={`${wordsOf(entry.action)} · ${entry.subject}`} wide light onClose={onClose}>
      <div className={classes.change}>
        {(['before', 'after'] as const).map((side) => (
          <section key={side} aria-label={t(side)}>
            <h3 className={classes.side}>{t(side)}</h3>
            <pre className={classes.state}>{JSON.stringify(entry[side], null, 2) ?? '—'}</pre>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
