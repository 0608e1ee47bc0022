import { Command } from 'commander';
import { readConfig } from '../../server/config.ts';
import { openContext } from '../../server/context.ts';
import { migrationsFolder } from '../../server/paths.ts';
import { checkDatabase } from '../../server/reconcile/doctor/check-database.ts';
import { checkFiles } from '../../server/reconcile/doctor/check-files.ts';
import { checkHosts } from '../../server/reconcile/doctor/check-hosts.ts';
import { checkRedis } from '../../server/reconcile/doctor/check-redis.ts';
import { checkWork } from '../../server/reconcile/doctor/check-work.ts';
import type { Diagnosis, DoctorCheck } from '../../server/reconcile/doctor/diagnosis.ts';

const checks: readonly DoctorCheck[] = [checkFiles, checkDatabase, checkHosts, checkRedis, checkWork];

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'look at configuration, files, database hosts and settings, mail, backups and waiting work; says what to do',
    )
    .option('--json', 'print {ok, checks: [{name, level, says}]}')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const context = await openContext(config, []);
      try {
        const found: Diagnosis[] = [];
        for (const check of checks) found.push(...(await check({ ...context, ...config, migrationsFolder })));
        const ok = found.every((one) => one.level !== 'bad');
        if (options.json) process.stdout.write(`${JSON.stringify({ ok, checks: found })}\n`);
        else for (const one of found) process.stdout.write(`${marks[one.level]}  ${one.name.padEnd(15)} ${one.says}\n`);
        if (!ok) process.exitCode = 1;
      } finally {
        await context.close();
      }
    });
}

const marks = { ok: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const;
