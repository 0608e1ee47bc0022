/** What the page of the backups asks of the administration API. */
import { queryOptions } from '@tanstack/react-query';
import type { BackupList, BackupSettings, UpdateBackupSettingsBody } from '../../../contract/system.ts';
import { call } from '../api.ts';

export const backupsQuery = queryOptions({
  queryKey: ['backups'],
  queryFn: () => call<BackupList>('/backups'),
  refetchOnWindowFocus: false,
});

export const saveBackupSettings = (body: UpdateBackupSettingsBody) =>
  call<BackupSettings>('/backups/settings', { method: 'PUT', body });
export const removeBackup = (name: string) => call<void>(`/backups/${name}`, { method: 'DELETE' });

/** Six digits can only be a code. */
export const proveAgain = (typed: string) =>
  call<{ until: number }>('/prove', {
    method: 'POST',
    body: /^[\d\s]{6,9}$/.test(typed) ? { code: typed.replace(/\s/g, '') } : { password: typed },
  });

export const downloadAddress = (name: string) => `/api/admin/v1/backups/${name}/download`;
