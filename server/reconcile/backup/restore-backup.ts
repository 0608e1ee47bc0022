/**
 * A backup -> the shop as it was at that moment, with everything that happened since still known to the issue journal.
 * Order matters: nothing is touched before the backup is proved whole; the journal is compared before anybody can buy.
 */
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { isInUse, raiseRowIds } from '../../platform/db/refill.ts';
import { readIssueJournal } from '../../platform/journal/read-issue-journal.ts';
import { checkJournal, type JournalCheck } from '../journal/check-journal.ts';
import type { SecureDeps } from '../journal/secure-lost-issues.ts';
import { BackupError, type Manifest, readManifest } from './manifest.ts';
import { type DatabaseTarget, refuseNewer, restoreDatabase } from './restore-database.ts';
import { type FileTarget, restoreJournal, restoreKeys } from './restore-files.ts';

export interface RestoreTarget extends DatabaseTarget, FileTarget {
  clock: Clock;
  dataDir: string;
  /** The operator has agreed that what is there now is set aside. */
  replace: boolean;
  hasData(): Promise<boolean>;
}

export interface RestoreReport {
  manifest: Manifest;
  /** Where the replaced data went, if there were any. */
  aside: string;
}

export async function restoreBackup(target: RestoreTarget, folder: string): Promise<RestoreReport> {
  const { onProgress } = target;
  const manifest = await readManifest(folder, (path) => onProgress?.(`checking ${path}`));
  refuseNewer(target, manifest);
  if (await isInUse(target.databaseUrl)) {
    throw new BackupError('the shop is running (its database is in use): stop it first');
  }
  if (!target.replace && (await target.hasData())) {
    throw new BackupError('there is a shop here already: give --yes to set it aside and put the backup in its place');
  }
  const time = new Date(target.clock.now())
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const aside = join(target.dataDir, `replaced-${time}`);
  await restoreKeys(target, manifest, folder, aside);
  await restoreJournal(target, manifest, folder, aside);
  await restoreDatabase(target, manifest, folder, aside);
  return { manifest, aside };
}

/** Everything the journal has of the time since the backup: cards that were sold then leave the shelf (INV-10). */
export async function secureSoldSince(
  deps: SecureDeps & { database: Database; journalFolder: string },
): Promise<JournalCheck> {
  let highest = 0;
  for await (const entry of readIssueJournal(deps.journalFolder)) {
    if (entry.kind === 'record') highest = Math.max(highest, entry.record.cardId);
  }
  // Cards imported after the backup are gone, but their ids stand in the journal: no new card may be taken for one.
  await raiseRowIds(deps.database, 'card_keys', highest);
  return checkJournal({ ...deps, signal: new AbortController().signal }, {}, 0);
}
