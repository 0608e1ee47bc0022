/** `cardwell degrade`: the hand on degrade mode, and the entries set aside, from a terminal beside the shop that serves. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { findInQuarantine } from '../kit/intents.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';
import { until } from '../kit/until.ts';

const root = new URL('../..', import.meta.url).pathname;
let shop: ShopServer;
let ask: ReturnType<typeof client>;
let skuId: number;
before(async () => {
  shop = await startShop('sqlite', { CARDWELL_SAMPLE_DATA: 'off' });
  ask = client(shop.address, { authorization: `Bearer ${shop.token}` });
  const product = (await ask('POST', '/api/admin/v1/products', { name: 'Game key' })).body.product;
  const fields = { name: 'One', priceMinor: 500, currency: 'CNY', delivery: 'manual' };
  skuId = (await ask('POST', `/api/admin/v1/products/${product.id}/skus`, fields)).body.sku.id;
});
after(() => shop.close());

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

async function degrade(args: string[], more: Record<string, string> = {}): Promise<Said> {
  const { dataDir, databaseUrl } = shop.context.config;
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: `${root}node_modules/.cache/cardwell-compiled`,
    CARDWELL_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'fatal',
    ...more,
  };
  const run = promisify(execFile)(process.execPath, [join(root, 'bin/cardwell.ts'), 'degrade', ...args], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failed: Said) => failed,
  );
}

const status = async () => JSON.parse((await degrade(['status', '--json'])).stdout);
const mode = async () => (await ask('GET', '/readyz')).body.status;
async function order(contact: string) {
  const reply = await ask('POST', '/api/v1/orders', { lines: [{ skuId, quantity: 1 }], contact });
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  return reply.body.ticket as { id: string; url: string; token: string };
}
const stateOf = async (ticket: { url: string; token: string }) =>
  (await client(shop.address)('GET', ticket.url, undefined, { authorization: `Bearer ${ticket.token}` })).body.ticket;

test('it turns the mode on and off, says what is the case, and deals with what was set aside', async () => {
  const on = await degrade(['on', '--why', 'moving the database']);
  assert.deepEqual([on.code, on.stdout, on.stderr], [0, 'degrade mode is turned on by hand\n', '']);
  await until('the shop that serves hears of it', async () => (await mode()) === 'degraded');
  const [sound, poisoned, unwanted] = [await order('sound'), await order('poisoned'), await order('unwanted')];
  const now = await status();
  assert.deepEqual(
    [now.mode, now.reasons, now.databaseAnswers, now.waiting, now.quarantined, now.hand.on, now.hand.why, now.hand.by],
    ['degraded', ['by-hand'], true, 3, 0, true, 'moving the database', 'cli'],
  );
  const told = (await degrade(['status'])).stdout;
  assert.match(
    told,
    /^mode +degraded \(by hand\)\ndatabase +answers\nwaiting +3\nquarantined +0\nhand +on since .* by cli moving/,
  );

  const drafts = [poisoned, unwanted].map(({ id }) => shop.context.degrade.book.entry(id)?.intent.payload);
  const wanted = (drafts[0] as { wanted: unknown }).wanted;
  for (const draft of drafts) (draft as { wanted: unknown }).wanted = 'nonsense';
  assert.equal((await degrade(['off'])).stdout, 'degrade mode is turned off by hand\n');
  await until('the sound one is placed', async () => (await stateOf(sound)).status === 'placed');
  await until('the others are set aside', async () => (await status()).quarantined === 2);
  assert.equal((await status()).mode, 'normal');

  const listed = JSON.parse((await degrade(['quarantine', 'list', '--json'])).stdout) as { id: string; why: string }[];
  assert.deepEqual(listed.map(({ id }) => id).sort(), [poisoned.id, unwanted.id].sort());
  const lines = (await degrade(['quarantine', 'list'])).stdout.trim().split('\n');
  assert.ok(
    lines.length === 2 && lines.every((line) => /^\w+\torder\t\d{4}-.*\tintent \w+ holds no order$/.test(line)),
    lines.join('\n'),
  );
  const file = findInQuarantine(shop.context.degrade.book.folder, poisoned.id);
  const mended = JSON.parse(readFileSync(file, 'utf8'));
  mended.intent.payload.wanted = wanted;
  writeFileSync(file, JSON.stringify(mended));
  assert.equal((await degrade(['quarantine', 'retry', poisoned.id])).stdout, `${poisoned.id} is in the queue again\n`);
  await until('the mended one is placed', async () => (await stateOf(poisoned)).status === 'placed');
  assert.equal((await degrade(['quarantine', 'drop', unwanted.id])).stdout, `${unwanted.id} is dropped\n`);
  await until('the dropped one is refused', async () => (await stateOf(unwanted)).status === 'refused');
  const ticket = await shop.context.database.read
    .selectFrom('tickets')
    .selectAll()
    .where('id', '=', unwanted.id)
    .execute();
  assert.equal(ticket[0]?.status, 'refused', 'so says the database, for other machines');
  assert.equal((await degrade(['quarantine', 'list', '--json'])).stdout, '[]\n');
  const unknown = await degrade(['quarantine', 'retry', 'no-such-entry']);
  assert.deepEqual([unknown.code, unknown.stderr], [1, 'cardwell: nothing in quarantine is called no-such-entry\n']);

  const audit = (await ask('GET', '/api/admin/v1/audit-log?limit=50')).body.entries as {
    action: string;
    actor: string;
  }[];
  for (const action of ['degrade.on', 'degrade.off']) {
    assert.ok(
      audit.some((one) => one.action === action && one.actor === 'cli'),
      action,
    );
  }
});

test('with the database away it still turns, says who was not told, and ends', async (t) => {
  const away = {
    DATABASE_URL: 'mysql://root@127.0.0.1:1/shop',
    CARDWELL_DATA_DIR: `${shop.context.config.dataDir}-away`,
  };
  t.after(() => rmSync(away.CARDWELL_DATA_DIR, { recursive: true, force: true }));
  const on = await degrade(['on'], away);
  assert.equal(on.code, 0, on.stderr);
  assert.match(on.stdout, /turned on by hand\nThe database was not told: only processes with this data folder know/);
  const said = JSON.parse((await degrade(['status', '--json'], away)).stdout);
  assert.deepEqual([said.mode, said.databaseAnswers, said.reasons], ['degraded', false, ['database-away', 'by-hand']]);
});
