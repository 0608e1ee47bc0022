import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Connection, createConnection } from 'mysql2/promise';
import { sharedMariadb } from './mariadb.ts';
import { type Cut, type MysqlProxy, startMysqlProxy } from './mysql-proxy.ts';
import { until } from './until.ts';

let proxy: MysqlProxy;
let direct: Connection;
let database: string;
before(async () => {
  const url = new URL(await (await sharedMariadb()).newDatabase());
  database = url.pathname.slice(1);
  proxy = await startMysqlProxy({ host: url.hostname, port: Number(url.port) });
  direct = await createConnection(url.href);
  await direct.query('CREATE TABLE notes (id INT PRIMARY KEY)');
});
after(async () => {
  direct.destroy();
  await proxy.close();
});

const throughProxy = () => createConnection({ host: '127.0.0.1', port: proxy.port, user: 'root', database });
async function ids(): Promise<number[]> {
  const [rows] = await direct.query('SELECT id FROM notes ORDER BY id');
  return (rows as { id: number }[]).map(({ id }) => id);
}

/** @returns the commands seen, and the error the client met */
async function transaction(id: number, cutAt?: { step: number; how: Cut }) {
  const seen: string[] = [];
  proxy.watch((command) => {
    seen.push(`${command.step} ${command.kind} ${command.text.slice(0, 6)}${command.isCommit ? '!' : ''}`);
    return command.step === cutAt?.step ? cutAt.how : undefined;
  });
  const connection = await throughProxy();
  try {
    await connection.query('BEGIN');
    await connection.execute('INSERT INTO notes VALUES (?)', [id]);
    await connection.query('COMMIT');
    return { seen, error: undefined };
  } catch (error) {
    return { seen, error: (error as { code?: string }).code };
  } finally {
    connection.destroy();
  }
}

test('it passes everything on, and knows each command and its place in the transaction', async () => {
  const { seen, error } = await transaction(1);
  assert.equal(error, undefined);
  assert.deepEqual(seen, ['1 query BEGIN', '2 prepare INSERT', '3 execute INSERT', '4 query COMMIT!']);
  assert.deepEqual(await ids(), [1]);
  assert.ok(proxy.counts.toServer >= 5 && proxy.counts.toClient >= 5);
});

const commitCuts: readonly [Cut, boolean][] = [
  ['before', false],
  ['within', false],
  ['unanswered', true],
  ['half-answered', true],
  ['late', true],
];
for (const [i, [how, committed]] of commitCuts.entries()) {
  const id = 10 + i;
  test(`a commit cut "${how}" ${committed ? 'has happened' : 'has not'}, and the client hears nothing of it`, async () => {
    const { error } = await transaction(id, { step: 4, how });
    assert.ok(error !== undefined, 'the client met an error');
    if (committed) await until('it is committed', async () => (await ids()).includes(id));
    else await assert.rejects(until('it is committed', async () => (await ids()).includes(id), 300));
  });
}

test('a slow line is slow in both directions', async () => {
  proxy.watch(() => undefined);
  const connection = await throughProxy();
  proxy.setLatency(60);
  const from = performance.now();
  await connection.query('SELECT 1');
  assert.ok(performance.now() - from > 110, 'there and back');
  proxy.setLatency(0);
  connection.destroy();
});
