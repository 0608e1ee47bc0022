import type { Context } from '../server/context.ts';
import { migrationsFolder, version } from '../server/paths.ts';
import type { UpgradeDeps } from '../server/reconcile/upgrade/upgrade.ts';
import { backupPlaces } from './backup-places.ts';

/** What bringing a shop to this version needs of it. */
export function upgradeDeps(context: Context): UpgradeDeps {
  const { config } = context;
  const { upgradeBackup, backupDir: backupFolder } = config;
  return { ...context, ...backupPlaces(config), migrationsFolder, backupFolder, upgradeBackup, program: version };
}
