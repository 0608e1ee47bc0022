import type { ProcessView } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { useSystemTexts } from './system-texts.ts';

const roles = ['order', 'card', 'payment', 'account', 'admin', 'worker'] as const;

/** Who serves, and when each was last heard of. */
export function ProcessesTable({ processes }: { processes: readonly ProcessView[] }) {
  const t = useSystemTexts();
  const dateTime = useDateTime();
  const roleText = (role: string) => {
    const known = roles.find((one) => one === role);
    return known ? t(`role.${known}`) : role;
  };
  const columns: Column<ProcessView>[] = [
    { key: 'host', title: t('processes.host'), main: true, cell: ({ host }) => host },
    { key: 'roles', title: t('processes.roles'), cell: (one) => one.roles.map(roleText).join(' · ') },
    { key: 'version', title: t('processes.version'), cell: ({ version }) => version },
    { key: 'seen', title: t('processes.seen'), cell: ({ seenAt }) => dateTime(seenAt) },
    {
      key: 'state',
      title: t('processes.state'),
      end: true,
      cell: ({ silent }) => (
        <StatusBadge tone={silent ? 'bad' : 'good'}>{t(silent ? 'processes.silent' : 'processes.alive')}</StatusBadge>
      ),
    },
  ];
  return (
    <section aria-labelledby="system-processes">
      <h2 id="system-processes" className="cw-section-title">
        {t('processes.title')}
      </h2>
      <DataTable label={t('processes.title')} columns={columns} rows={processes} rowKey={({ id }) => id} />
    </section>
  );
}
