import type { BackupView } from '../../../contract/system.ts';
import { Dialog } from '../ask/dialog.tsx';
import { CheckList } from '../system/check-list.tsx';
import classes from './backups.module.css';
import { useBackupTexts } from './backups-texts.ts';

const keyTexts = { true: 'rehearsal.key', false: 'rehearsal.keyBad', null: 'rehearsal.keyNone' } as const;

/** Whether this backup would bring the shop back, check by check. */
export function RehearsalDialog({ backup, onClose }: { backup: BackupView; onClose: () => void }) {
  const t = useBackupTexts();
  const { rehearsal } = backup;
  if (!rehearsal) return null;
  const { ok, rows, durationMs, keyOpens, checks } = rehearsal;
  const seconds = (durationMs / 1000).toFixed(1);
  return (
    <Dialog title={t('rehearsal.title')} wide light onClose={onClose}>
      <p className={ok ? undefined : classes.bad}>{ok ? t('rehearsal.ok', { rows, seconds }) : t('rehearsal.bad')}</p>
      <p className={keyOpens === false ? classes.bad : classes.small}>{t(keyTexts[`${keyOpens}`])}</p>
      <CheckList checks={checks} />
    </Dialog>
  );
}
