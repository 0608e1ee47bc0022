/** Two processes on a Galera cluster: they write to the same node, and move together. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { migrationsFolder } from '../../server/paths.ts';
import { systemClock } from '../../server/platform/clock.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { DatabaseError } from '../../server/platform/db/errors.ts';
import { type Endpoint, parseEndpoints } from '../../server/platform/db/hosts/endpoints.ts';
import { promoteHost } from '../../server/platform/db/hosts/promote-host.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { putSetting } from '../../server/platform/settings-store.ts';
import { checkHosts } from '../../server/reconcile/doctor/check-hosts.ts';
import type { DoctorDeps } from '../../server/reconcile/doctor/diagnosis.ts';
import { type GaleraCluster, startGalera } from '../kit/galera.ts';
import { until } from '../kit/until.ts';

let cluster: GaleraCluster;
let url: string;
let endpoints: readonly Endpoint[];
let processes: Database[] = [];
let lost = 0;

before(async () => {
  cluster = await startGalera();
  url = await cluster.newDatabase();
  endpoints = parseEndpoints(url).writers;
  const events = { onWriterLost: () => lost++ };
  processes = [0, 1].map(() => openDatabase({ url, clock: systemClock, events, readDeadlineMs: 20_000 }));
  await migrate(first(), migrationsFolder, systemClock);
});
after(async () => {
  for (const one of processes) await one.close();
  await cluster?.close();
});

const first = () => processes[0] ?? assert.fail();
const writerOf = (database: Database) => database.hosts().find((host) => host.role === 'writer')?.name;
const put = (database: Database, name: string) =>
  database.transact('test', (tx) => putSetting(tx, name, 'x', 1), { deadlineMs: 20_000 });
const has = async (database: Database, name: string) =>
  (await database.read.selectFrom('settings').select('name').where('name', '=', name).execute()).length === 1;
const indexOf = (name: string | undefined) => endpoints.findIndex((one) => one.name === name);

async function together(except?: string): Promise<string> {
  let found: string | undefined;
  await until('both write to the same node', async () => {
    const [a, b] = processes.map(writerOf);
    found = a === b && a !== except ? a : undefined;
    return found !== undefined;
  });
  return found ?? assert.fail();
}

test('both write to the first host of the list, and each sees at once what the other has written', async () => {
  for (const [i, database] of processes.entries()) await put(database, `by-${i}`);
  assert.equal(await together(), endpoints[0]?.name);
  for (const database of processes) assert.ok((await has(database, 'by-0')) && (await has(database, 'by-1')));
});

test('when the writer is killed both move to the same node, and what was under way is done there', async () => {
  const before = await together();
  const calls = processes.flatMap((database, i) => [put(database, `killed-${i}`), has(database, 'by-0')]);
  await cluster.nodes[indexOf(before)]?.kill();
  await Promise.all([...calls, ...processes.map((database, i) => put(database, `after-${i}`))]);
  await together(before);
  for (const name of ['killed-0', 'killed-1', 'after-0', 'after-1']) assert.ok(await has(first(), name), name);
  await cluster.restart(indexOf(before));
  await cluster.whole();
  await until('the node that came back is read', async () =>
    first()
      .hosts()
      .some((host) => host.name === before && host.role === 'reader'),
  );
  // A node that feeds the one that joins may be left for the third one; nobody goes back to the old writer by himself.
  assert.notEqual(await together(), before);
});

test('a frozen writer holds nobody up for longer than it takes to notice', async () => {
  const before = await together();
  const node = cluster.nodes[indexOf(before)] ?? assert.fail();
  node.pause();
  const reads = processes.map((database) => has(database, 'by-0'));
  await Promise.all([...reads, put(first(), 'frozen')]);
  await together(before);
  node.resume();
  await cluster.whole();
});

test('a person moves the writer, and both follow without an error', async () => {
  const before = await together();
  const target = endpoints.find((one) => one.name !== before)?.name;
  const lostBefore = lost;
  const { writer } = await promoteHost({ endpoints, target, force: false, onStep: () => undefined });
  assert.equal(writer, target);
  await until('both follow', async () => processes.every((database) => writerOf(database) === target));
  await put(first(), 'moved');
  assert.equal(lost - lostBefore, 2);
});

test('the doctor knows every node, and says what a setting costs', async () => {
  const deps = { database: first(), databaseUrl: url, databaseReaderUrls: '' } as unknown as DoctorDeps;
  const found = (await checkHosts(deps)).map((one) => `${one.level} ${one.name}: ${one.says}`).join('\n');
  assert.equal(found.match(/ok host .*Galera node, Synced/g)?.length, 3);
  assert.match(found, /ok host .*the writer/);
  assert.match(found, /warn .*wsrep_sst_method is \w+, should be mariabackup/);
  assert.doesNotMatch(found, /bad|evs\.|autoinc/);
  const node = cluster.nodes[0] ?? assert.fail();
  await node.query("SET GLOBAL wsrep_provider_options = 'evs.suspect_timeout=PT5S'");
  const slow = (await checkHosts(deps))
    .filter((one) => one.level !== 'ok')
    .map((one) => one.says)
    .join('\n');
  assert.match(slow, /evs.suspect_timeout is 5 s/);
  // One node of three is not in the list.
  const two = { ...deps, databaseUrl: cluster.urlOf(endpoints[0]?.database ?? '', [0, 1]) } as DoctorDeps;
  assert.match(
    (await checkHosts(two)).map((one) => one.says).join('\n'),
    /3 nodes are together, but DATABASE_URL lists 2/,
  );
});

test('with every node dead, calls fail after their deadline, and say that the database is away', async () => {
  await cluster.killAll();
  const call = first().transact('test', (tx) => putSetting(tx, 'never', 'x', 1), { deadlineMs: 700 });
  await assert.rejects(call, (error) => error instanceof DatabaseError && error.errorClass !== 'fatal');
  assert.ok(first().awayMs() > 0);
});
