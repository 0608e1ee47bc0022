import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { journalFolder, openContext } from '../../server/context.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import type { ScanReport } from '../../server/reconcile/scans/scan.ts';
import { scans } from '../../server/reconcile/scans/scans.ts';

export function scanCommand(): Command {
  return new Command('scan')
    .description('run scans now, whoever leads: each finds what fell between the live paths and mends it')
    .argument('[name...]', 'all of them when none is named')
    .option('--list', 'only tell which scans there are')
    .option('--json', 'print [{name, found, mended}]')
    .action(async (names: string[], options: { list?: boolean; json?: boolean }) => {
      const unknown = names.filter((name) => !scans.some((scan) => scan.name === name));
      if (unknown.length > 0)
        throw new Error(`no scan is called ${unknown.join(', ')}; cardwell scan --list names them`);
      if (options.list) return list(options.json ?? false);
      await run(names.length > 0 ? names : scans.map((scan) => scan.name), options.json ?? false);
    });
}

function list(json: boolean): void {
  const known = scans.map(({ name, says, everyMs, runsOn }) => ({ name, says, everyMs, runsOn }));
  if (json) process.stdout.write(`${JSON.stringify(known)}\n`);
  else for (const { name, says } of known) process.stdout.write(`${name.padEnd(32)} ${says}\n`);
}

async function run(names: readonly string[], json: boolean): Promise<void> {
  const config = readConfig();
  const context = await openContext(config, []);
  const reports: ({ name: string } & (ScanReport | { error: string }))[] = [];
  try {
    for (const name of names) {
      const world = { ...context, journalFolder: journalFolder(config) };
      const report = await runScan(world, name).catch((error: Error) => ({ error: error.message }));
      reports.push({ name, ...report });
      if (!json) process.stdout.write(`${name.padEnd(32)} ${said(report)}\n`);
    }
  } finally {
    await context.close();
  }
  if (json) process.stdout.write(`${JSON.stringify(reports)}\n`);
  if (reports.some((report) => 'error' in report)) process.exitCode = 1;
}

function said(report: ScanReport | { error: string }): string {
  return 'error' in report ? `FAILED: ${report.error}` : `found ${report.found}, mended ${report.mended}`;
}
