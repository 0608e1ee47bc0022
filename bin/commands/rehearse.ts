/** `cardwell restore --rehearse`: would this backup bring the shop back? */
import { existsSync } from 'node:fs';
import type { Config } from '../../server/config.ts';
import { cardKeyring } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { rehearse } from '../../server/reconcile/backup/rehearse.ts';
import { progressLine } from '../backup-places.ts';
import { auditTable } from './audit.ts';

const keyWords = {
  true: 'The card key of this machine opens its cards.',
  false: 'The card key of this machine does NOT open its cards.',
  null: 'There is no card key on this machine to try its cards with.',
};

export async function rehearseCommand(config: Config, folder: string, json: boolean): Promise<void> {
  const progress = progressLine();
  const keyring = existsSync(config.masterKeyFile) ? cardKeyring(config, clock) : undefined;
  const deps = { clock, migrationsFolder, keyring, dataDir: config.dataDir, onProgress: progress.show };
  const rehearsal = await rehearse(deps, folder);
  progress.clear();
  const { ok, rows, durationMs, keyOpens, checks } = rehearsal;
  if (json) process.stdout.write(`${JSON.stringify(rehearsal)}\n`);
  else {
    const took = (durationMs / 1000).toFixed(1);
    const head = `${rows} rows came back in ${took} s. ${keyWords[`${keyOpens}`]}\n`;
    process.stdout.write(`${head}${auditTable({ ok: checks.every((check) => check.ok), checks })}`);
  }
  if (!ok) process.exitCode = 1;
}
