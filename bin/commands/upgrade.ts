import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { upgrade } from '../../server/reconcile/upgrade/upgrade.ts';
import { progressLine } from '../backup-places.ts';
import { upgradeDeps } from '../upgrade-deps.ts';

export function upgradeCommand(): Command {
  return new Command('upgrade')
    .description('back the shop up, then bring its database to this version; what a start does by itself')
    .option('--without-backup', 'you have one of your own')
    .option('--json', 'print {applied, backup}')
    .action(async (options: { withoutBackup?: boolean; json?: boolean }) => {
      const context = await openContext(readConfig(), []);
      const progress = progressLine();
      try {
        const deps = upgradeDeps(context);
        const upgradeBackup = options.withoutBackup ? false : deps.upgradeBackup;
        const log = { info: (_: object, text: string) => progress.show(text) };
        const { applied, backup } = await upgrade({ ...deps, upgradeBackup, log, onProgress: progress.show });
        progress.clear();
        if (options.json) process.stdout.write(`${JSON.stringify({ applied, backup: backup ?? null })}\n`);
        else process.stdout.write(said(applied, backup));
      } finally {
        await context.close();
      }
    });
}

function said(applied: readonly string[], backup: string | undefined): string {
  if (applied.length === 0) return 'The database is at this version already.\n';
  const way = backup
    ? `The shop as it was lies in ${backup}; the way back: cardwell rollback\n`
    : 'No backup was made.\n';
  return `applied: ${applied.join(', ')}\n${way}`;
}
