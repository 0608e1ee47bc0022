import { Command } from 'commander';
import { type RotateReport, rotateKeys } from '../../server/card/rotate-keys.ts';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { ChannelKeyError } from '../../server/payment/channel-key-file.ts';
import { DatabaseError } from '../../server/platform/db/errors.ts';
import { type RotateChannelReport, rotateChannelKey } from '../../server/reconcile/channel-key/rotate-channel-key.ts';
import { progressBar } from '../progress-bar.ts';
import { type CardTools, exitCodes, openCardTools, withCardTools } from './card-tools.ts';

interface Options {
  newKey: boolean;
  retire?: boolean;
  channels?: boolean;
  json?: boolean;
}

export function rotateKeysCommand(open: () => Promise<CardTools> = openCardTools): Command {
  return new Command('rotate-keys')
    .description('encrypt the stock with a new card key, while the shop is open')
    .option('--no-new-key', 'add no key: only bring every card to the active key of the key file')
    .option('--retire', 'take keys out of the key file that no card uses (ten minutes after it was last changed)')
    .option('--channels', 'the channel key instead: settings of channels, second factors, notification targets')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Stopped half-way, go on with --no-new-key. Keep the old key file with the backups made before: they need it.
Exit codes: 0 every card is on the active key, 1 it broke off, 2 it could not begin, 3 some cards are not (they are named).`,
    )
    .action(async (options: Options) => {
      if (options.channels) {
        process.exitCode = await rotateChannels(options);
        return;
      }
      process.exitCode = await withCardTools(open, (tools) => runRotation(tools, options));
    });
}

async function rotateChannels({ newKey, retire, json }: Options): Promise<number> {
  const config = readConfig();
  const context = await openContext(config, []);
  try {
    const deps = { ...context, path: config.channelKeyFile, strict: config.environment === 'production' };
    const report = await rotateChannelKey(deps, { addKey: newKey, retire: retire ?? false });
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : channelSummary(report));
    return report.unreadable.length === 0 ? exitCodes.done : exitCodes.incomplete;
  } catch (error) {
    if (!(error instanceof ChannelKeyError || error instanceof DatabaseError)) throw error;
    process.stderr.write(`cardwell: ${error.message}\n`);
    return error instanceof ChannelKeyError ? exitCodes.usage : exitCodes.failed;
  } finally {
    await context.close();
  }
}

function channelSummary({ activeKeyId, values, resealed, unreadable, retired, kept }: RotateChannelReport): string {
  const text = [`key ${activeKeyId} is active; ${resealed} of ${values} values were sealed again`];
  for (const name of unreadable) text.push(`  ${name} does not open with this key file and was left`);
  for (const keyId of retired) text.push(`key ${keyId} was taken out of the key file`);
  for (const { keyId, reason } of kept)
    text.push(
      `key ${keyId} stays: ${reason === 'in-use' ? 'something needs it' : 'take it out later with --no-new-key --retire'}`,
    );
  return `${text.join('\n')}\n`;
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
