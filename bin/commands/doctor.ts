import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { examine } from '../../server/reconcile/doctor/checks.ts';

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'look at configuration, files, database hosts and settings, mail, backups and waiting work; says what to do',
    )
    .option('--json', 'print {ok, checks: [{name, level, says, code, values}]}')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const context = await openContext(config, []);
      try {
        const { ok, checks } = await examine({ ...context, ...config, migrationsFolder });
        if (options.json) process.stdout.write(`${JSON.stringify({ ok, checks })}\n`);
        else
          for (const one of checks) process.stdout.write(`${marks[one.level]}  ${one.name.padEnd(15)} ${one.says}\n`);
        if (!ok) process.exitCode = 1;
      } finally {
        await context.close();
      }
    });
}

const marks = { ok: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const;
