import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { journalFolder, openContext } from '../../server/context.ts';
import { type AuditReport, auditAll } from '../../server/reconcile/audit/audit-all.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description('prove the promises of the shop from its database and issue journal; may run beside the serving shop')
    .option('--json', 'print {ok, checks: [{id, says, ok, found, sample}]}')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const context = await openContext(config, []);
      try {
        const report = await auditAll({
          ...context,
          journalFolder: journalFolder(config),
          onCheck: showProgress,
        });
        clearProgress();
        process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : auditTable(report));
        if (!report.ok) process.exitCode = 1;
      } finally {
        await context.close();
      }
    });
}

export function auditTable(report: AuditReport): string {
  const rows = report.checks.flatMap(({ id, says, ok, found, sample }) => [
    `${ok ? 'ok    ' : 'BROKEN'}  ${id.padEnd(6)}  ${says}${ok ? '' : ` Violations: ${found}`}`,
    ...sample.map((text) => `                  - ${text}`),
  ]);
  return `${rows.join('\n')}\n\n${report.ok ? 'Every check holds.' : 'The audit has FAILED: see docs/operating.md.'}\n`;
}

function showProgress(id: string, done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2Kauditing ${id} (${done + 1} of ${of})`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}
