/** Is the database there, up to date, and set so that a commit which was answered is really on disk? */
import { pendingMigrations } from '../../platform/db/migrate.ts';
import { type Diagnosis, type DoctorDeps, finding } from './diagnosis.ts';
import { mysqlSession, newestOrderAt, serverVariables, sqliteFacts } from './server-settings-store.ts';

/** A setting, what it should be, and the finding that says what is lost when it is not. */
const wanted = [
  { name: 'innodb_flush_log_at_trx_commit', is: /^1$/, code: 'durability.flush-log' },
  { name: 'sync_binlog', is: /^1$/, code: 'durability.sync-binlog' },
  { name: 'binlog_format', is: /^ROW$/i, code: 'durability.binlog-format' },
  { name: 'innodb_doublewrite', is: /^(1|ON)$/i, code: 'durability.doublewrite' },
] as const;
const clockDifferenceMs = 5_000;

export async function checkDatabase(deps: DoctorDeps): Promise<Diagnosis[]> {
  const { database, migrationsFolder } = deps;
  try {
    const found = database.dialect === 'sqlite' ? await sqlite(deps) : await mysql(deps);
    const pending = await pendingMigrations(database, migrationsFolder);
    if (pending.length > 0) return [...found, finding('migrations.pending', { list: pending.join(', ') })];
    return [...found, finding('migrations.fine', {}), await clock(deps)];
  } catch (error) {
    return [finding('database.unusable', { error: error instanceof Error ? error.message : String(error) })];
  }
}

/** `synchronous` is a matter of each connection; ours set it to FULL as they open (platform/db/sqlite-worker.ts). */
async function sqlite({ database }: DoctorDeps): Promise<Diagnosis[]> {
  const { version, journalMode, damage } = await sqliteFacts(database.read);
  const mode =
    journalMode === 'wal' ? finding('durability.sqlite', {}) : finding('durability.not-wal', { mode: journalMode });
  const [first] = damage;
  const whole = first === undefined ? finding('integrity.fine', {}) : finding('integrity.damaged', { damage: first });
  return [finding('database.sqlite', { version }), mode, whole];
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
    finding('database.mysql', { version: variables.get('version') ?? 'unknown' }),
    finding(isolation === 'READ-COMMITTED' ? 'isolation.fine' : 'isolation.other', { isolation }),
    ...(wrong.length === 0 ? [finding('durability.fine', {})] : []),
    ...wrong.map(({ name, code }) => finding(code, { value: variables.get(name) ?? '' })),
    finding(Math.abs(behindMs) <= clockDifferenceMs ? 'clock.fine' : 'clock.apart', { ms: behindMs }),
  ];
}

async function clock({ database, clock }: DoctorDeps): Promise<Diagnosis> {
  const aheadMs = (await newestOrderAt(database.read)) - clock.now();
  if (aheadMs < clockDifferenceMs) return finding('time.fine', { now: new Date(clock.now()).toISOString() });
  return finding('time.set-back', { seconds: Math.round(aheadMs / 1000) });
}
