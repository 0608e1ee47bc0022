import { Command } from 'commander';
import { type RotateReport, rotateKeys } from '../../server/card/rotate-keys.ts';
import { progressBar } from '../progress-bar.ts';
import { type CardTools, exitCodes, openCardTools, withCardTools } from './card-tools.ts';

interface Options {
  newKey: boolean;
  retire?: boolean;
  json?: boolean;
}

export function rotateKeysCommand(open: () => Promise<CardTools> = openCardTools): Command {
  return new Command('rotate-keys')
    .description('encrypt the stock with a new card key, while the shop is open')
    .option('--no-new-key', 'add no key: only bring every card to the active key of the key file')
    .option('--retire', 'take keys out of the key file that no card uses (ten minutes after it was last changed)')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Stopped half-way, go on with --no-new-key. Keep the old key file with the backups made before: they need it.
Exit codes: 0 every card is on the active key, 1 it broke off, 2 it could not begin, 3 some cards are not (they are named).`,
    )
    .action(async (options: Options) => {
      process.exitCode = await withCardTools(open, (tools) => runRotation(tools, options));
    });
}

async function runRotation(tools: CardTools, { newKey, retire, json }: Options): Promise<number> {
  const bar = progressBar();
  try {
    const report = await rotateKeys(tools, {
      addKey: newKey,
      retire: retire ?? false,
      onProgress: ({ done, total }) => bar.update(done, total, `${done} of ${total} rows`),
    });
    bar.end();
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : summary(report));
    const done = report.rows.every((row) => row.keyId === report.activeKeyId);
    return done ? exitCodes.done : exitCodes.incomplete;
  } finally {
    bar.end();
  }
}

function summary({ activeKeyId, resealed, unreadable, rows, retired, kept }: RotateReport): string {
  const text = [`key ${activeKeyId} is active; ${resealed} rows were encrypted again`];
  for (const { keyId, rows: count } of rows) text.push(`  key ${keyId}: ${count} rows`);
  if (unreadable.count > 0) text.push(`${unreadable.count} rows do not open with this key file and were left:`);
  for (const what of unreadable.named) text.push(`  ${what}`);
  for (const keyId of retired) text.push(`key ${keyId} was taken out of the key file`);
  for (const { keyId, reason } of kept) {
    text.push(
      `key ${keyId} stays: ${reason === 'in-use' ? 'rows need it' : 'the file changed less than ten minutes ago'}`,
    );
  }
  return `${text.join('\n')}\n`;
}
