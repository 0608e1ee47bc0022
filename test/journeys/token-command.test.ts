/** `cardwell token` on a shop that is not running: what a person and a script get to see. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { client, startShop } from '../kit/shop-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardwell-token-'));
after(() => rmSync(folder, { recursive: true }));
const root = new URL('../..', import.meta.url).pathname;
const databaseUrl = `sqlite:${join(folder, 'shop.db')}`;

async function cardwell(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, CARDWELL_DATA_DIR: folder, DATABASE_URL: databaseUrl, LOG_LEVEL: 'fatal' };
  const run = promisify(execFile)(process.execPath, [join(root, 'bin/cardwell.ts'), ...args], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

test('a token made on the command line opens the administration until it is revoked', async (t) => {
  const made = await cardwell('token', 'create', '--name', 'deploy', '--json');
  const { id, name, token, ...rest } = JSON.parse(made.stdout);
  assert.deepEqual([id, name, rest], [1, 'deploy', {}]);
  const shop = await startShop('sqlite', { DATABASE_URL: databaseUrl });
  t.after(() => shop.close());
  const admin = client(shop.address, { authorization: `Bearer ${token}` });
  const me = await admin('GET', '/api/admin/v1/me');
  assert.deepEqual([me.status, me.body.actor], [200, 'token:1 deploy']);
  const listed = await cardwell('token', 'list', '--json');
  assert.equal(JSON.parse(listed.stdout)[0].name, 'deploy');
  assert.ok(!listed.stdout.includes(token));
  assert.equal((await cardwell('token', 'revoke', '1')).code, 0);
  assert.equal((await admin('GET', '/api/admin/v1/me')).status, 401);
  assert.equal((await cardwell('token', 'revoke', '99')).code, 1);
  const reader = JSON.parse((await cardwell('token', 'create', '--name', 'look', '--read-only', '--json')).stdout);
  const readOnly = client(shop.address, { authorization: `Bearer ${reader.token}` });
  assert.equal((await readOnly('PATCH', '/api/admin/v1/settings', { name: 'x' })).status, 403);
  const link = JSON.parse((await cardwell('setup-link', '--json')).stdout).link as string;
  const headers = { 'x-setup-token': link.split('#')[1] ?? '' };
  assert.equal((await client(shop.address)('GET', '/api/admin/v1/setup', undefined, headers)).body.linkValid, true);
});

test('without a name it says what is missing', async () => {
  const { code, stderr } = await cardwell('token', 'create');
  assert.equal(code, 1);
  assert.match(stderr, /--name/);
});
