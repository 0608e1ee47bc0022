/**
 * The way back from an upgrade: the backup that was made before it takes the place of the shop, with the tables of then, for
 * the program of then. What was sold since is known to the issue journal alone: those cards leave the shelf (INV-10).
 */
import { BackupError, type Manifest, readManifest } from '../backup/manifest.ts';
import { type RestoreTarget, restoreBackup } from '../backup/restore-backup.ts';
import { upgradeBackups } from './upgrade.ts';

export interface RollBackTarget extends Omit<RestoreTarget, 'replace' | 'tables'> {
  backupFolder: string;
  /** The operator gives up what was sold since. */
  loseTrade: boolean;
  tradeSince(at: number): Promise<{ orders: number; payments: number }>;
}

export interface RollBackReport {
  folder: string;
  manifest: Manifest;
  aside: string;
  lost: { orders: number; payments: number };
}

/** @param given the backup; undefined: the one made before the last upgrade */
export async function rollBack(target: RollBackTarget, given: string | undefined): Promise<RollBackReport> {
  const folder = given ?? (await upgradeBackups(target.backupFolder))[0]?.folder;
  if (!folder) {
    throw new BackupError(`${target.backupFolder} has no backup that was made before an upgrade: name one`);
  }
  const manifest = await readManifest(folder);
  const lost = await target.tradeSince(manifest.madeAt);
  if (lost.orders + lost.payments > 0 && !target.loseTrade) {
    throw new BackupError(
      `${lost.orders} orders and ${lost.payments} payments came after this backup and would be gone from the books. ` +
        'The older program runs with the newer tables: install it and start it, without a restore. If the data themselves ' +
        'are damaged, add --lose-orders: the cards sold since leave the shelf, and each of their orders gets a review case.',
    );
  }
  const { aside } = await restoreBackup({ ...target, replace: true, tables: 'as-then' }, folder);
  return { folder, manifest, aside, lost };
}
