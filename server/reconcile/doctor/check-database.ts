/** Is the database there, up to date, and set so that a commit which was answered is really on disk? */
import { pendingMigrations } from '../../platform/db/migrate.ts';
import { bad, type Diagnosis, type DoctorDeps, ok, warn } from './diagnosis.ts';
import { mysqlSession, newestOrderAt, serverVariables, sqliteFacts } from './server-settings-store.ts';

/** A setting, what it should be, and what is lost when it is not. */
const wanted: readonly { name: string; is: RegExp; should: string; why: string }[] = [
  {
    name: 'innodb_flush_log_at_trx_commit',
    is: /^1$/,
    should: '1',
    why: 'a power cut loses orders that were answered',
  },
  { name: 'sync_binlog', is: /^1$/, should: '1', why: 'a power cut loses commits that a replica needs' },
  { name: 'binlog_format', is: /^ROW$/i, should: 'ROW', why: 'our statements are only safe to replicate as rows' },
  { name: 'innodb_doublewrite', is: /^(1|ON)$/i, should: 'ON', why: 'a power cut can leave a torn page' },
];
const clockDifferenceMs = 5_000;

export async function checkDatabase(deps: DoctorDeps): Promise<Diagnosis[]> {
  const { database, migrationsFolder } = deps;
  const name = 'database';
  try {
    const found = database.dialect === 'sqlite' ? await sqlite(deps) : await mysql(deps);
    const pending = await pendingMigrations(database, migrationsFolder);
    if (pending.length > 0)
      return [...found, bad('migrations', `to be applied: ${pending.join(', ')}; run: cardwell migrate`)];
    return [...found, ok('migrations', 'all applied'), await clock(deps)];
  } catch (error) {
    return [bad(name, `cannot be used: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

/** `synchronous` is a matter of each connection; ours set it to FULL as they open (platform/db/sqlite-worker.ts). */
async function sqlite({ database }: DoctorDeps): Promise<Diagnosis[]> {
  const { version, journalMode, damage } = await sqliteFacts(database.read);
  const mode =
    journalMode === 'wal'
      ? ok('durability', 'journal_mode WAL, synchronous FULL')
      : warn('durability', `journal_mode is ${journalMode}, should be wal: readers wait for every write`);
  const whole =
    damage.length === 0
      ? ok('integrity', 'quick_check finds no damage')
      : bad('integrity', `the file is damaged: ${damage[0]}; stop the shop and restore a backup`);
  return [ok('database', `SQLite ${version}`), mode, whole];
}

async function mysql({ database, clock }: DoctorDeps): Promise<Diagnosis[]> {
  const names = [...wanted.map((setting) => setting.name), 'version', 'log_bin'];
  const variables = await serverVariables(database.read, names);
  const { isolation, nowMs } = await mysqlSession(database.read);
  // Without a binary log its settings say nothing: nobody replicates from here.
  const logs = /^(1|ON)$/i.test(variables.get('log_bin') ?? '');
  const wrong = wanted.filter(({ name, is }) => {
    const value = variables.get(name);
    return value !== undefined && !is.test(value) && (logs || !name.includes('binlog'));
  });
  const behindMs = Math.round(nowMs - clock.now());
  return [
    ok('database', `MySQL protocol, version ${variables.get('version') ?? 'unknown'}`),
    isolation === 'READ-COMMITTED'
      ? ok('isolation', isolation)
      : warn('isolation', `${isolation}, should be READ-COMMITTED: a proxy may be changing our sessions`),
    ...(wrong.length === 0 ? [ok('durability', 'every acknowledged commit is on disk')] : []),
    ...wrong.map(({ name, should, why }) =>
      warn('durability', `${name} is ${variables.get(name)}, should be ${should}: ${why}`),
    ),
    Math.abs(behindMs) <= clockDifferenceMs
      ? ok('clock', `${behindMs} ms from the database server`)
      : warn('clock', `${behindMs} ms from the database server: run a time service on both`),
  ];
}

async function clock({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const aheadMs = (await newestOrderAt(database.read)) - clock.now();
  if (aheadMs < clockDifferenceMs) return ok('time', new Date(clock.now()).toISOString());
  return bad('time', `the clock is ${Math.round(aheadMs / 1000)} s behind the newest order: it has been set back`);
}
