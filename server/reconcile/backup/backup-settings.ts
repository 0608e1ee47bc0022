/** When backups are made and how long they are kept: what the owner may say at the desk. Where they lie is configuration. */
import { type BackupSettings, backupSettingsFields, type UpdateBackupSettingsBody } from '../../../contract/system.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import { changedFields } from '../../platform/changed-fields.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db, Tx } from '../../platform/db/database.ts';
import { readSetting, replaceSetting } from '../../platform/settings-store.ts';

const settingName = 'backup.settings';

export const usualBackupSettings: BackupSettings = {
  enabled: true,
  time: '03:30',
  timeZone: 'Asia/Shanghai',
  keepDays: 7,
  keepWeeks: 4,
  withKeys: false,
  rehearse: true,
  version: 0,
};

export async function readBackupSettings(db: Db | Tx): Promise<BackupSettings> {
  return parse(await readSetting(db, settingName));
}

function parse(text: string | undefined): BackupSettings {
  return text === undefined ? usualBackupSettings : { ...usualBackupSettings, ...(JSON.parse(text) as BackupSettings) };
}

export type UpdateOutcome =
  | { kind: 'updated'; settings: BackupSettings }
  | { kind: 'edit-conflict' }
  | { kind: 'no-such-time-zone' };

export async function updateBackupSettings(
  { database, clock }: { database: Database; clock: Clock },
  { actor, requestId, ...wanted }: Actor & UpdateBackupSettingsBody,
): Promise<UpdateOutcome> {
  if (!isTimeZone(wanted.timeZone)) return { kind: 'no-such-time-zone' };
  const fields = Object.keys(backupSettingsFields) as (keyof typeof backupSettingsFields)[];
  return database.transact('backup.settings', async (tx): Promise<UpdateOutcome> => {
    const text = await readSetting(tx, settingName);
    const before = parse(text);
    const settings = { ...wanted, version: wanted.version + 1 };
    // A first run whose COMMIT was lost from sight has written just this.
    if (text === JSON.stringify(settings)) return { kind: 'updated', settings };
    if (before.version !== wanted.version) return { kind: 'edit-conflict' };
    const at = clock.now();
    if (!(await replaceSetting(tx, settingName, text, JSON.stringify(settings), at))) return { kind: 'edit-conflict' };
    const pick = (from: BackupSettings) => Object.fromEntries(fields.map((field) => [field, from[field]]));
    const entry = { at, actor, requestId, action: 'backup.settings' as const, subject: 'settings:backup' };
    await recordAudit(tx, { ...entry, ...changedFields(pick(before), pick(settings)) });
    return { kind: 'updated', settings };
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
