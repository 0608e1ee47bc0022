import { Button } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BackupView, JobView } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { ListState } from '../list/list-state.tsx';
import { PageHead } from '../list/page-head.tsx';
import { useJobs } from '../system/system-api.ts';
import { useTitle } from '../use-title.ts';
import { BackupTable } from './backup-table.tsx';
import classes from './backups.module.css';
import { backupsQuery, removeBackup } from './backups-api.ts';
import { useBackupTexts } from './backups-texts.ts';
import { DownloadDialog } from './download-dialog.tsx';
import { Places, RestoreGuide } from './places.tsx';
import { RehearsalDialog } from './rehearsal-dialog.tsx';
import { ScheduleForm } from './schedule-form.tsx';

const onePage = { hasNextPage: false, isFetchingNextPage: false, fetchNextPage: (() => undefined) as never };
type Open = { what: 'remove' | 'download' | 'result'; backup: BackupView };

export function BackupsPage() {
  const t = useBackupTexts();
  const client = useQueryClient();
  const dateTime = useDateTime();
  const query = useQuery(backupsQuery);
  const list = query.data;
  const jobs = useJobs();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const changed = () => client.invalidateQueries({ queryKey: backupsQuery.queryKey });
  const isBusy = jobs.open('backup') ?? jobs.open('rehearsal');
  useReloadWhenDone(isBusy, changed);
  useTitle(t('title'));
  return (
    <div className="cw-page cw-stack">
      <PageHead title={t('title')} lead={t('lead')}>
        <IfMay action="system.run">
          <Button
            leftSection={<IconDatabaseExport size={18} aria-hidden />}
            loading={jobs.isAsking || jobs.open('backup') !== undefined}
            onClick={() => jobs.run({ kind: 'backup' })}
          >
            {t('run')}
          </Button>
        </IfMay>
      </PageHead>
      {jobs.error !== null && <ProblemNotice problem={jobs.error} />}
      <JobState open={isBusy} backup={jobs.last('backup')} rehearsal={jobs.last('rehearsal')} />
      {list && <p className={classes.next}>{list.nextAt ? t('next', { at: dateTime(list.nextAt) }) : t('off')}</p>}
      <ListState
        query={{ ...query, ...onePage }}
        count={list?.backups.length ?? 0}
        empty={
          <EmptyState icon={<IconDatabaseExport size={32} />} title={t('empty')}>
            {t('emptySays')}
          </EmptyState>
        }
      >
        <BackupTable
          backups={list?.backups ?? []}
          isBusy={isBusy !== undefined}
          onRehearse={({ name }) => jobs.run({ kind: 'rehearsal', backup: name })}
          onOpen={(what, backup) => setOpen({ what, backup })}
        />
      </ListState>
      {list && (
        <div className={classes.grid}>
          <ScheduleForm key={list.settings.version} settings={list.settings} onSaved={() => void changed()} />
          <div className="cw-stack">
            <Places list={list} />
            <RestoreGuide folder={list.backups[0]?.folder ?? `${list.folder}/cardwell-…`} />
          </div>
        </div>
      )}
      {open?.what === 'remove' && (
        <AskDialog
          title={t('removeNamed', { at: dateTime(open.backup.madeAt) })}
          says={t('remove.says')}
          confirm={t('remove')}
          danger
          run={() => removeBackup(open.backup.name)}
          onDone={() => {
            close();
            void changed();
          }}
          onClose={close}
        />
      )}
      {open?.what === 'download' && <DownloadDialog backup={open.backup} onClose={close} />}
      {open?.what === 'result' && <RehearsalDialog backup={open.backup} onClose={close} />}
    </div>
  );
}

/** What is under way, or what went wrong last. */
function JobState(props: { open: JobView | undefined; backup: JobView | undefined; rehearsal: JobView | undefined }) {
  const { open, backup, rehearsal } = props;
  const t = useBackupTexts();
  const progress = open?.progress ?? '';
  const says = open && (open.kind === 'backup' ? t('run.backup', { progress }) : t('run.rehearsal', { progress }));
  return (
    <div className={classes.state} role="status">
      {open && <p>{open.status === 'requested' ? t('run.waiting') : says}</p>}
      {!open && backup?.status === 'failed' && (
        <p className={classes.bad}>{t('run.failed', { error: backup.error ?? '' })}</p>
      )}
      {!open && rehearsal?.status === 'failed' && (
        <p className={classes.bad}>{t('run.rehearsalFailed', { error: rehearsal.error ?? '' })}</p>
      )}
    </div>
  );
}

/** The list is asked for again once what was under way has ended. */
function useReloadWhenDone(open: JobView | undefined, reload: () => Promise<void>): void {
  const [seen, setSeen] = useState<string>();
  const id = open?.id;
  useEffect(() => {
    if (id === seen) return;
    setSeen(id);
    if (seen !== undefined) void reload();
  }, [id, seen, reload]);
}
