/** A shop on a primary with two semi-synchronous replicas: reads that may lag, a lost primary, and the commands that follow. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { CompiledQuery } from 'kysely';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock } from '../../server/platform/clock.ts';
import type { Database, Db } from '../../server/platform/db/database.ts';
import { type Endpoint, parseEndpoints } from '../../server/platform/db/hosts/endpoints.ts';
import { inspectHosts, isSeen } from '../../server/platform/db/hosts/inspect-host.ts';
import { promoteHost } from '../../server/platform/db/hosts/promote-host.ts';
import { rejoinHost } from '../../server/platform/db/hosts/rejoin-host.ts';
import { PromotionRefused } from '../../server/platform/db/hosts/silence-primary.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { putSetting } from '../../server/platform/settings-store.ts';
import { checkHosts } from '../../server/reconcile/doctor/check-hosts.ts';
import type { DoctorDeps } from '../../server/reconcile/doctor/diagnosis.ts';
import type { MariadbNode } from '../kit/mariadb-node.ts';
import { type ReplicatedCluster, startReplicas } from '../kit/replicas.ts';
import { until } from '../kit/until.ts';

const maxLagMs = 1000;
let cluster: ReplicatedCluster;
let url: string;
let endpoints: readonly Endpoint[];
let database: Database;
const outdated: string[] = [];
const answered: string[] = [];
let selling = true;
let sales: Promise<void>;

before(async () => {
  cluster = await startReplicas();
  url = await cluster.newDatabase();
  endpoints = parseEndpoints(url).writers;
  database = openDatabase({ url, clock: systemClock, maxLagMs, events: { onOutdated: (host) => outdated.push(host) } });
  await migrate(database, migrationsFolder, systemClock);
  sales = sell();
});
after(async () => {
  selling = false;
  await sales?.catch(() => undefined);
  await database?.close();
  await cluster?.close();
});

const node = (i: number): MariadbNode => cluster.nodes[i] ?? assert.fail();
const nameOf = (i: number) => endpoints[i]?.name ?? assert.fail();
const hostOf = (name: string) => database.hosts().find((host) => host.name === name) ?? assert.fail();
const roleOf = (i: number) => hostOf(nameOf(i)).role;
const put = (name: string) => database.transact('test', (tx) => putSetting(tx, name, 'x', 1), { deadlineMs: 60_000 });
const steps: string[] = [];
const promote = (target?: string, force = false) =>
  promoteHost({ endpoints, target, force, onStep: (says) => steps.push(says) });
const rejoin = (i: number) =>
  rejoinHost({ endpoints, host: nameOf(i), replication: endpoints[0] as Endpoint, onStep: (says) => steps.push(says) });

/** Somebody buys all the time; what was answered must be there at the end. */
async function sell(): Promise<void> {
  while (selling) {
    const name = `sale-${answered.length}`;
    await put(name);
    answered.push(name);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function serverThatAnswers(db: Db): Promise<number> {
  const { rows } = await db.executeQuery<{ id: number }>(CompiledQuery.raw('SELECT @@server_id AS id'));
  return Number(rows[0]?.id);
}

test('reads that may lag go to both replicas in turn, all others to the primary', async () => {
  await until('both replicas are read', async () => roleOf(1) === 'reader' && roleOf(2) === 'reader');
  const asked = new Set<number>();
  for (let i = 0; i < 6; i++) asked.add(await serverThatAnswers(database.lagging));
  assert.deepEqual([...asked].sort(), [2, 3]);
  for (let i = 0; i < 3; i++) assert.equal(await serverThatAnswers(database.read), 1);
});

test('a replica that falls behind is left alone until it has caught up', async () => {
  await node(1).query('STOP SLAVE SQL_THREAD');
  await until('it is seen to lag', async () => roleOf(1) === 'standby');
  assert.ok((hostOf(nameOf(1)).lagMs ?? 0) > maxLagMs);
  for (let i = 0; i < 4; i++) assert.equal(await serverThatAnswers(database.lagging), 3);
  await node(1).query('START SLAVE SQL_THREAD');
  await until('it is read again', async () => roleOf(1) === 'reader');
});

test('without a replica that is near enough, the primary answers', async () => {
  for (const i of [1, 2]) await node(i).query('STOP SLAVE SQL_THREAD');
  await until('both are seen to lag', async () => roleOf(1) === 'standby' && roleOf(2) === 'standby');
  assert.equal(await serverThatAnswers(database.lagging), 1);
  for (const i of [1, 2]) await node(i).query('START SLAVE SQL_THREAD');
  await until('both are read again', async () => roleOf(1) === 'reader' && roleOf(2) === 'reader');
});

test('a killed replica is replaced in the middle of a read', async () => {
  await node(2).kill();
  for (let i = 0; i < 6; i++) assert.ok([1, 2].includes(await serverThatAnswers(database.lagging)));
  await cluster.restart(2);
  await until('it is read again', async () => roleOf(2) === 'reader');
});

test('the doctor names each host and what its settings put at risk', async () => {
  const deps = { database, databaseUrl: url, databaseReaderUrls: '', clock: systemClock } as unknown as DoctorDeps;
  const about = async (i: number) =>
    (await checkHosts(deps)).filter((one) => one.name === `host ${nameOf(i)}`).map((one) => `${one.level} ${one.says}`);
  assert.match((await about(0))[0] ?? '', /^ok the writer, primary, takes writes/);
  assert.match((await about(1))[0] ?? '', /^ok reader, replica, read-only, follows .*, \d+ ms behind/);
  assert.match((await about(0)).join('\n'), /warn the shop's user may write even to a read-only server/);
  assert.doesNotMatch((await about(0)).join('\n'), /semi_sync|innodb_flush/);

  await node(0).query(
    'SET GLOBAL rpl_semi_sync_master_timeout = 10000, rpl_semi_sync_master_wait_point = AFTER_COMMIT',
  );
  await node(1).query('SET GLOBAL innodb_flush_log_at_trx_commit = 2, read_only = OFF');
  await node(2).query('STOP SLAVE IO_THREAD');
  const primary = (await about(0)).join('\n');
  assert.match(primary, /rpl_semi_sync_master_timeout is 10000 ms/);
  assert.match(primary, /rpl_semi_sync_master_wait_point is AFTER_COMMIT/);
  const replica = (await about(1)).join('\n');
  assert.match(replica, /innodb_flush_log_at_trx_commit is 2/);
  assert.match(replica, /read_only is OFF/);
  assert.match((await about(2)).join('\n'), /bad replication does not run/);
  await node(0).query(
    'SET GLOBAL rpl_semi_sync_master_timeout = 1000000000, rpl_semi_sync_master_wait_point = AFTER_SYNC',
  );
  await node(1).query('SET GLOBAL innodb_flush_log_at_trx_commit = 1, read_only = ON');
  await node(2).query('START SLAVE IO_THREAD');
});

test('nothing is promoted while a replica is silent that may have more, unless somebody insists', async () => {
  await node(0).kill();
  await node(2).kill();
  await assert.rejects(promote(), (error: Error) => error instanceof PromotionRefused && /--force/.test(error.message));
  const [sight] = (await inspectHosts(endpoints)).filter(isSeen);
  assert.equal(sight?.replication?.applies, true);
  await node(2).start(['read-only=ON', 'rpl-semi-sync-slave-enabled=ON']);
  await node(2).until('SELECT 1 AS one', (row) => row.one === 1);
});

test('a replica with all that was answered takes over from a killed primary, and calls wait for it', async () => {
  const before = answered.length;
  const { writer, epoch } = await promote();
  assert.ok([nameOf(1), nameOf(2)].includes(writer));
  assert.ok(epoch > 1);
  await until('sales go on', async () => answered.length > before + 5);
  assert.equal(database.hosts().find((host) => host.role === 'writer')?.name, writer);
  assert.equal(database.awayMs(), 0);
});

test('the old primary that comes back and takes writes is not written, and it is said aloud', async () => {
  await node(0).start(['skip-slave-start', 'rpl-semi-sync-slave-enabled=ON']);
  await until('it is heard of', async () => outdated.includes(nameOf(0)));
  const before = answered.length;
  await until('sales go on elsewhere', async () => answered.length > before + 20);
  const [row] = await node(0).query(
    `SELECT COUNT(*) AS n FROM ${url.split('/').at(-1)}.settings WHERE name = 'sale-${before + 10}'`,
  );
  assert.equal(row?.n, 0);
});

test('it rejoins as a replica, and a planned move back loses nothing', async () => {
  await rejoin(0);
  await until('it is read', async () => roleOf(0) === 'reader');
  const { writer } = await promote(nameOf(0));
  assert.equal(writer, nameOf(0));
  const before = answered.length;
  await until('sales go on', async () => answered.length > before + 5);
  selling = false;
  await sales;
  const there = new Set((await database.read.selectFrom('settings').select('name').execute()).map((row) => row.name));
  assert.deepEqual(
    answered.filter((name) => !there.has(name)),
    [],
  );
});

test('an old primary with commits that nobody received is not let back in', async () => {
  const now = database.hosts().findIndex((host) => host.role === 'writer');
  const other = [0, 1, 2].find((i) => i !== now && roleOf(i) === 'reader') ?? assert.fail();
  await node(other).query('STOP SLAVE');
  await node(other).query('SET GLOBAL read_only = OFF, rpl_semi_sync_master_enabled = OFF');
  await node(other).query(`CREATE TABLE ${url.split('/').at(-1)}.tail (id INT PRIMARY KEY)`);
  await node(other).query('RESET SLAVE ALL');
  await put('meanwhile');
  await assert.rejects(rejoin(other), (error: Error) => /never received/.test(error.message));
  const [row] = await node(other).query('SELECT @@read_only AS ro');
  assert.equal(row?.ro, 1);
});

test('the command shows the picture, to people and to programs, and does nothing without --yes', async () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['bin/cardwell.ts', 'database', ...args], {
      env: { ...process.env, DATABASE_URL: url },
    });
  const { hosts } = JSON.parse((await run('status', '--json')).stdout);
  assert.deepEqual(
    hosts.map((host: { name: string; up: boolean }) => [host.name, host.up]),
    endpoints.map((one) => [one.name, true]),
  );
  await assert.rejects(
    run('promote'),
    (error: { code?: number; stderr?: string }) => error.code === 1 && /--yes/.test(error.stderr ?? ''),
  );
});
