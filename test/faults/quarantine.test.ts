/** Recorded entries that cannot be replayed: set aside, told to a person, tried again or dropped. The queue goes on. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TicketReceipt } from '../../contract/ticket.ts';
import { findInQuarantine } from '../kit/intents.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';
import { until } from '../kit/until.ts';

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

const turn = async (on: boolean) => {
  const { status, body } = await ask('PUT', '/api/admin/v1/degrade', { on, why: 'a test' });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const order = async (contact: string): Promise<TicketReceipt['ticket']> => {
  const reply = await ask('POST', '/api/v1/orders', { lines: [{ skuId, quantity: 1 }], contact });
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
  return reply.body.ticket;
};
const stateOf = async (ticket: TicketReceipt['ticket']) =>
  (await client(shop.address)('GET', ticket.url, undefined, { authorization: `Bearer ${ticket.token}` })).body.ticket;
const cases = async (status: string) =>
  (await ask('GET', `/api/admin/v1/review-cases?kind=intent_quarantined&status=${status}&limit=50`)).body.cases;

test('what cannot be replayed waits for a person, and the others do not wait for it', async () => {
  assert.equal((await turn(true)).mode, 'degraded');
  const folder = shop.context.degrade.book.folder;
  const sound = await order('sound');
  const poisoned = await order('poisoned');
  const entry = shop.context.degrade.book.entry(poisoned.id);
  assert.ok(entry);
  const draft = entry.intent.payload as { wanted: unknown };
  const wanted = draft.wanted;
  draft.wanted = 'nonsense';
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  await appendFile(join(folder, file as string), '{"seq":99,"record":"{}","prev":"forged","hash":"forged"}\n');
  assert.equal((await turn(false)).hand.on, false);
  await until('the sound one is placed', async () => (await stateOf(sound)).status === 'placed');
  await until('the poisoned one waits for a person', async () => (await stateOf(poisoned)).status === 'review');
  await until('both have a case', async () => (await cases('open')).length === 2);
  assert.equal((await ask('GET', '/readyz')).body.status, 'ok', 'nothing waits for them');

  // Mended and released, it is placed; the forged line is closed, and stays gone.
  const found = findInQuarantine(folder, poisoned.id);
  const mended = JSON.parse(readFileSync(found, 'utf8'));
  mended.intent.payload.wanted = wanted;
  writeFileSync(found, JSON.stringify(mended));
  for (const one of await cases('open')) {
    const action = one.detail.id === poisoned.id ? 'release' : 'close';
    const reply = await ask('POST', `/api/admin/v1/review-cases/${one.id}/resolve`, { action, reason: 'seen' });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
  }
  await until('the mended one is placed', async () => (await stateOf(poisoned)).status === 'placed');
  await until('quarantine is empty', async () => (await shop.context.degrade.book.quarantine.list()).length === 0);
  const audit = (await ask('GET', '/api/admin/v1/audit-log?limit=50')).body.entries as { action: string }[];
  assert.ok(audit.some((one) => one.action === 'degrade.on'));
});

test('the books of intents have an end: for one buyer, and for all', async () => {
  await turn(true);
  for (let i = 0; i < 5; i++) await order('greedy');
  const refused = await ask('POST', '/api/v1/orders', { lines: [{ skuId, quantity: 1 }], contact: 'greedy' });
  assert.deepEqual([refused.status, refused.body.code], [429, 'too_many_open_orders']);
  await turn(false);
  await until('normal again', async () => (await ask('GET', '/readyz')).body.status === 'ok');

  const small = await startShop('sqlite', { CARDWELL_INTENT_QUEUE: '1' });
  try {
    const own = client(small.address, { authorization: `Bearer ${small.token}` });
    await own('PUT', '/api/admin/v1/degrade', { on: true, why: 'a test' });
    const send = (contact: string) => own('POST', '/api/v1/orders', { lines: [{ skuId: 1, quantity: 1 }], contact });
    assert.equal((await send('first')).status, 202);
    const second = await send('second');
    assert.deepEqual([second.status, second.body.code], [503, 'overloaded']);
    assert.ok(second.headers.get('retry-after'));
  } finally {
    await small.close();
  }
});
