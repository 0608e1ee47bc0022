/** Everything the doctor looks at, for the command and for the desk. */
import { checkDatabase } from './check-database.ts';
import { checkFiles } from './check-files.ts';
import { checkHosts } from './check-hosts.ts';
import { checkRedis } from './check-redis.ts';
import { checkWork } from './check-work.ts';
import type { Diagnosis, DoctorCheck, DoctorDeps } from './diagnosis.ts';

const checks: readonly DoctorCheck[] = [checkFiles, checkDatabase, checkHosts, checkRedis, checkWork];

export async function examine(deps: DoctorDeps): Promise<{ ok: boolean; checks: Diagnosis[] }> {
  const found: Diagnosis[] = [];
  for (const check of checks) found.push(...(await check(deps)));
  return { ok: found.every((one) => one.level !== 'bad'), checks: found };
}
