import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LinkReply, StaffView } from '../../../contract/staff.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useMay } from '../access/may.ts';
import { ownerQuery } from '../access/owner.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { useTitle } from '../use-title.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { staffQuery } from './people-api.ts';
import { usePeopleTexts } from './people-texts.ts';
import { PersonDialog } from './person-dialog.tsx';

const onePage = { hasNextPage: false, isFetchingNextPage: false, fetchNextPage: (() => undefined) as never };

type Open = { kind: 'invite' } | { kind: 'person'; id: number } | { kind: 'link'; made: LinkReply };

export function PeoplePage() {
  const t = usePeopleTexts();
  const client = useQueryClient();
  const query = useQuery(staffQuery);
  const staff = query.data?.staff ?? [];
  const [open, setOpen] = useState<Open>();
  const may = useMay();
  useTitle(t('title'));
  const columns = useColumns((id) => setOpen({ kind: 'person', id }));
  const changed = () => client.invalidateQueries({ queryKey: staffQuery.queryKey });
  const showLink = (made: LinkReply) => {
    setOpen({ kind: 'link', made });
    void changed();
  };
  const close = () => setOpen(undefined);
  const person = open?.kind === 'person' ? staff.find(({ id }) => id === open.id) : undefined;
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        {may('staff.change') && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setOpen({ kind: 'invite' })}>
            {t('invite')}
          </Button>
        )}
      </PageHead>
      <ListState
        query={{ ...query, ...onePage }}
        count={staff.length}
        empty={<EmptyState icon={<IconUsers size={32} />} title={t('title')} />}
      >
        <DataTable label={t('title')} columns={columns} rows={staff} rowKey={({ id }) => id} />
      </ListState>
      {open?.kind === 'invite' && <InviteDialog onMade={showLink} onClose={close} />}
      {open?.kind === 'link' && <LinkDialog made={open.made} onClose={close} />}
      {person && (
        <PersonDialog
          key={person.version}
          person={person}
          onChanged={() => void changed()}
          onLink={showLink}
          onClose={close}
        />
      )}
    </div>
  );
}

function useColumns(onManage: (id: number) => void): Column<StaffView>[] {
  const t = usePeopleTexts();
  const may = useMay();
  const me = useQuery({ ...ownerQuery, enabled: false }).data;
  const columns: Column<StaffView>[] = [
    {
      key: 'name',
      title: t('column.name'),
      main: true,
      cell: ({ id, login }) => (id === me?.id ? `${login} ${t('you')}` : login),
    },
    { key: 'role', title: t('column.role'), cell: ({ role }) => t(`role.${role ?? 'unknown'}`) },
    { key: 'status', title: t('column.status'), cell: ({ status }) => <PersonStatus status={status} /> },
    {
      key: 'factor',
      title: t('column.factor'),
      cell: ({ secondFactor }) => t(secondFactor ? 'factor.on' : 'factor.off'),
    },
  ];
  if (!may('staff.change')) return columns;
  const manage: Column<StaffView> = {
    key: 'manage',
    title: '',
    end: true,
    cell: ({ id, login }) => (
      <Button
        variant="default"
        size="compact-md"
        aria-label={t('manageNamed', { name: login })}
        onClick={() => onManage(id)}
      >
        {t('manage')}
      </Button>
    ),
  };
  return [...columns, manage];
}

const tones = { invited: 'wait', active: 'good', disabled: 'calm' } as const;

function PersonStatus({ status }: Pick<StaffView, 'status'>) {
  const t = usePeopleTexts();
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>;
}
