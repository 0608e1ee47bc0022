import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { type Context, journalFolder, openContext } from '../../server/context.ts';
import { recordAudit } from '../../server/platform/audit-store.ts';
import { acceptChain } from '../../server/reconcile/audit-log/accept-chain.ts';
import { lastAnchor } from '../../server/reconcile/audit-log/anchors.ts';
import { exportAuditLog, verifyExport } from '../../server/reconcile/audit-log/export-file.ts';
import { sealAuditLog } from '../../server/reconcile/audit-log/seal-audit-log.ts';
import { verifyAuditLog } from '../../server/reconcile/audit-log/verify-audit-log.ts';

export function auditLogCommand(): Command {
  const command = new Command('audit-log').description('who changed what: check its chain, take it out as a file');
  command
    .command('check')
    .description(
      'walk the chain, and compare it with what this machine has written down; the whole shop: cardwell audit',
    )
    .option('--json', 'print {ok, head, found, sample}')
    .action((options: { json?: boolean }) => inShop((context) => check(context, options.json ?? false)));
  command
    .command('export')
    .description('write all entries with their links into a file that proves itself; nothing is deleted')
    .argument('<file>', '- for standard output')
    .option('--after <seq>', 'only what comes behind this link', Number, 0)
    .action((file: string, options: { after: number }) => inShop((context) => exportTo(context, file, options.after)));
  command
    .command('check-file')
    .description('check a file that export wrote; needs no database')
    .argument('<file>')
    .action(checkFile);
  command
    .command('accept')
    .description('after a restore, on each other machine: take the shorter log for the right one from now on')
    .requiredOption('--reason <text>', 'stands in the log')
    .action((options: { reason: string }) => inShop((context) => accept(context, options.reason)));
  return command;
}

async function inShop(work: (context: Context) => Promise<void>): Promise<void> {
  const context = await openContext(readConfig(), []);
  try {
    await work(context);
  } finally {
    await context.close();
  }
}

async function check({ database, config }: Context, json: boolean): Promise<void> {
  const anchor = await lastAnchor(journalFolder(config));
  const report = await verifyAuditLog(database.read, { anchor });
  const lines = report.sample.map((text) => `  - ${text}\n`).join('');
  const said = report.ok
    ? `The chain holds up to link ${report.head.seq}, ${report.head.hash}\n`
    : `The chain is BROKEN in ${report.found} places:\n${lines}`;
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : said);
  if (!report.ok) process.exitCode = 1;
}

async function exportTo(context: Context, file: string, after: number): Promise<void> {
  const { database, clock } = context;
  const entry = { actor: 'cli', action: 'audit-log.export' as const, subject: 'audit-log', after: { after } };
  await database.transact('audit-log.export', (tx) => recordAudit(tx, { ...entry, at: clock.now() }));
  await sealAuditLog(context, { whole: true });
  const lines = exportAuditLog(database.read, after);
  if (file !== '-') return pipeline(lines, createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }));
  for await (const line of lines) if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}

async function checkFile(file: string): Promise<void> {
  const { head, faults } = await verifyExport(file);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  else process.stdout.write(`Whole up to link ${head?.seq}, ${head?.hash}\n`);
}

async function accept(context: Context, reason: string): Promise<void> {
  const { seq } = await acceptChain({ ...context, journalFolder: journalFolder(context.config) }, reason);
  process.stdout.write(`From now on the log of ${seq} entries is the right one.\n`);
}
