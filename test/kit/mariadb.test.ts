import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { type Mariadb, sharedMariadb, startMariadb } from './mariadb.ts';

let mariadb: Mariadb;
before(async () => {
  mariadb = await startMariadb();
});
after(() => mariadb.stop());

async function query(uri: string, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection(uri);
  try {
    const [rows] = await connection.query(sql);
    return rows as Record<string, unknown>[];
  } finally {
    connection.destroy();
  }
}

test('it commits durably and speaks utf8mb4', async () => {
  const [row] = await query(
    mariadb.url,
    `SELECT @@innodb_flush_log_at_trx_commit AS redo, @@sync_binlog AS binlog, @@log_bin AS logBin,
            @@binlog_format AS format, @@character_set_server AS charset, @@skip_name_resolve AS skipNames`,
  );
  assert.deepEqual({ ...row }, { redo: 1, binlog: 1, logBin: 1, format: 'ROW', charset: 'utf8mb4', skipNames: 1 });
});

test('each new database is empty and apart from the others', async () => {
  const [one, two] = await Promise.all([mariadb.newDatabase(), mariadb.newDatabase()]);
  await query(one, 'CREATE TABLE notes (id INT PRIMARY KEY)');
  assert.notEqual(one, two);
  assert.deepEqual(await query(two, 'SHOW TABLES'), []);
});

test('killed and started again, it has every committed row', async () => {
  const url = await mariadb.newDatabase();
  await query(url, 'CREATE TABLE notes (body VARCHAR(20))');
  await query(url, "INSERT INTO notes VALUES ('祝你好运')");
  const pid = mariadb.pid;
  await mariadb.kill();
  await assert.rejects(query(url, 'SELECT 1'), { code: 'ECONNREFUSED' });
  await mariadb.restart();
  assert.notEqual(mariadb.pid, pid);
  const rows = await query(url, 'SELECT body FROM notes');
  assert.deepEqual(
    rows.map(({ body }) => body),
    ['祝你好运'],
  );
});

test('paused, it keeps a connection and answers only once resumed', async () => {
  const connection = await createConnection(mariadb.url);
  mariadb.pause();
  let answered = false;
  const answer = connection.query('SELECT 1').then(() => {
    answered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(answered, false);
  mariadb.resume();
  await answer;
  connection.destroy();
});

test('the shared server gives databases', async () => {
  const { newDatabase } = await sharedMariadb();
  const rows = await query(await newDatabase(), 'SELECT 1 AS one');
  assert.equal(rows[0]?.one, 1);
});

test('when the test process is killed, server and folder go too', async () => {
  const kit = new URL('./mariadb.ts', import.meta.url).href;
  const code = `const { startMariadb } = await import('${kit}');
    const { pid, dir } = await startMariadb();
    console.log(JSON.stringify({ pid, dir }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid, dir } = JSON.parse(String(await new Promise((resolve) => child.stdout.once('data', resolve))));
  assert.ok(existsSync(`/proc/${pid}`) && existsSync(dir));
  child.kill('SIGKILL');
  const deadline = Date.now() + 10_000;
  while ((existsSync(`/proc/${pid}`) || existsSync(dir)) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.ok(!existsSync(`/proc/${pid}`) && !existsSync(dir));
});
