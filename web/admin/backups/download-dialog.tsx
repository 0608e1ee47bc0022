import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { BackupView } from '../../../contract/system.ts';
import { useDateTime } from '../../ui/dates.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { downloadAddress, proveAgain } from './backups-api.ts';
import { useBackupTexts } from './backups-texts.ts';

/** The whole shop leaves in one file: whoever takes it proves first that they are who signed in. */
export function DownloadDialog({ backup, onClose }: { backup: BackupView; onClose: () => void }) {
  const t = useBackupTexts();
  const dateTime = useDateTime();
  const [typed, setTyped] = useState('');
  return (
    <AskDialog
      title={t('downloadNamed', { at: dateTime(backup.madeAt) })}
      says={t('download.says')}
      confirm={t('download.go')}
      blocked={typed.trim() === ''}
      run={() => proveAgain(typed)}
      onDone={() => {
        window.location.assign(downloadAddress(backup.name));
        onClose();
      }}
      onClose={onClose}
    >
      <PasswordInput
        label={t('download.proof')}
        autoComplete="current-password"
        maxLength={200}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
