import { Button } from '@mantine/core';
import type { BackupView } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMay } from '../access/may.ts';
import { type Column, DataTable } from '../list/data-table.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { bytesText } from '../system/bytes.ts';
import classes from './backups.module.css';
import { useBackupTexts } from './backups-texts.ts';

interface Props {
  backups: readonly BackupView[];
  isBusy: boolean;
  onRehearse: (backup: BackupView) => void;
  onOpen: (what: 'remove' | 'download' | 'result', backup: BackupView) => void;
}

export function BackupTable({ backups, isBusy, onRehearse, onOpen }: Props) {
  const t = useBackupTexts();
  const dateTime = useDateTime();
  const may = useMay();
  const columns: Column<BackupView>[] = [
    { key: 'made', title: t('column.made'), main: true, cell: ({ madeAt }) => dateTime(madeAt) },
    { key: 'kind', title: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    { key: 'size', title: t('column.size'), cell: ({ bytes, rows }) => t('size', { bytes: bytesText(bytes), rows }) },
    {
      key: 'took',
      title: t('column.took'),
      cell: ({ durationMs }) => (durationMs > 0 ? t('seconds', { seconds: (durationMs / 1000).toFixed(1) }) : '—'),
    },
    { key: 'state', title: t('column.state'), cell: (backup) => <States backup={backup} /> },
    {
      key: 'do',
      title: t('column.do'),
      end: true,
      cell: (backup) => {
        const at = dateTime(backup.madeAt);
        const act = (label: string, name: string, onClick: () => void, disabled = false) => (
          <Button variant="default" size="compact-sm" aria-label={name} disabled={disabled} onClick={onClick}>
            {label}
          </Button>
        );
        return (
          <div className={classes.actions}>
            {backup.rehearsal && act(t('result'), t('resultNamed', { at }), () => onOpen('result', backup))}
            {may('system.run') && act(t('rehearse'), t('rehearseNamed', { at }), () => onRehearse(backup), isBusy)}
            {may('backups.download') &&
              act(t('download'), t('downloadNamed', { at }), () => onOpen('download', backup))}
            {may('backups.change') && act(t('remove'), t('removeNamed', { at }), () => onOpen('remove', backup))}
          </div>
        );
      },
    },
  ];
  return <DataTable label={t('title')} columns={columns} rows={backups} rowKey={({ name }) => name} />;
}

function States({ backup }: { backup: BackupView }) {
  const t = useBackupTexts();
  const { verifiedAt, copyFolder, withKeys, rehearsal } = backup;
  return (
    <span className={classes.badges}>
      <StatusBadge tone={verifiedAt ? 'good' : 'calm'}>
        {t(verifiedAt ? 'state.verified' : 'state.unverified')}
      </StatusBadge>
      {rehearsal && (
        <StatusBadge tone={rehearsal.ok ? 'good' : 'bad'}>
          {t(rehearsal.ok ? 'state.rehearsed' : 'state.rehearsedBad')}
        </StatusBadge>
      )}
      {copyFolder && <StatusBadge tone="calm">{t('state.copied')}</StatusBadge>}
      {withKeys && <StatusBadge tone="wait">{t('state.keys')}</StatusBadge>}
    </span>
  );
}
