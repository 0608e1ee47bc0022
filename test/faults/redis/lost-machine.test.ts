/** A machine that records orders is lost for good, disk and all: another one places them, from what stands in Redis. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { TicketReceipt, TicketReply } from '../../../contract/ticket.ts';
import { turnByHand } from '../../../server/degrade/turn-by-hand.ts';
import { systemClock as clock } from '../../../server/platform/clock.ts';
import { type Buyer, buyerAt, tradeFor } from '../../kit/buyer.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { closeProcesses, newRedisProcess } from '../../kit/redis-process.ts';
import type { ShopProcess } from '../../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../../kit/test-shop.ts';
import { until } from '../../kit/until.ts';

let redis: RedisServer;
let shop: TestShop;
let lost: ShopProcess;
let other: ShopProcess;
let skuId: number;
before(async () => {
  redis = await startRedis();
  shop = await newTestShop('mysql', { REDIS_URL: redis.url, CARDWELL_LEASE_MS: '1000', LOG_LEVEL: 'error' });
  skuId = await shop.newSku({ cards: 20 });
  [lost, other] = [await shop.newProcess(), await shop.newProcess()];
  await Promise.all([lost.start(), other.start()]);
});
after(async () => {
  await closeProcesses();
  await shop?.close();
  await redis?.stop();
});

const mode = async (at: Buyer) => JSON.parse((await at.call({ path: '/readyz' })).text).status as string;
/** Into Redis alone, as a person does while the database is away: folder and database of the turn are elsewhere. */
async function turn(on: boolean): Promise<void> {
  const { context } = shop;
  const said = await turnByHand(
    { dataDir: context.config.dataDir, redis: await newRedisProcess(redis, 'cardwell'), clock, database: away },
    { on, why: 'a test', actor: 'test' },
  );
  assert.deepEqual([said.toldRedis, said.toldDatabase], [true, false]);
}
const away = { transact: () => Promise.reject(new Error('away')) } as unknown as TestShop['context']['database'];
const stream = 'cardwell:{stream intents}:records';
const records = async () => Number(await redis.client.xlen(stream));

test('its orders are placed by another machine, once, and Redis forgets them then', async () => {
  const [first, second] = [buyerAt(lost.origin), buyerAt(other.origin)];
  const early = await first.place({ skuId });
  assert.equal(early.status, 201, early.text);
  const trade = tradeFor(early.body.payment);
  await turn(true);
  for (const at of [first, second]) await until('all machines hear of it', async () => (await mode(at)) === 'degraded');
  const tickets: TicketReceipt['ticket'][] = [];
  for (const contact of ['anna', 'boris', 'clara']) {
    const reply = await first.place({ skuId, contact, key: `key-of-the-buyer-${contact}` });
    assert.equal(reply.status, 202, reply.text);
    tickets.push((reply.body as unknown as TicketReceipt).ticket);
  }
  const there = await second.place({ skuId, contact: 'dora' });
  assert.equal(there.status, 202, there.text);
  assert.notEqual((await first.callback(trade)).text, 'success');
  assert.ok((await records()) >= 4);
  const seen = JSON.stringify(await redis.client.xrange(stream, '-', '+'));
  assert.ok(!seen.includes('anna'), 'contacts are sealed');
  // Money that nobody proved, by somebody who can write into Redis.
  const forged = {
    id: 'Cforged',
    kind: 'callback',
    round: 1,
    at: 1,
    ticket: null,
    payload: { ...trade, merchant: 'm' },
  };
  await redis.client.xadd(stream, '*', 'text', JSON.stringify([forged]));

  await lost.kill();
  rmSync(shop.dataDirs[1] as string, { recursive: true });
  await turn(false);
  for (const ticket of tickets) {
    await until(`ticket ${ticket.id} is placed by the other machine`, async () => {
      const reply = await second.call({ path: ticket.url, headers: { authorization: `Bearer ${ticket.token}` } });
      assert.notEqual(reply.status, 404, 'its page is not told that there is no such ticket');
      return reply.status === 200 && (JSON.parse(reply.text) as TicketReply).ticket.status === 'placed';
    });
  }
  // Money whose callback only the lost machine had.
  await until('the payment is settled', async () => {
    const { body } = await second.show(early.body.order.id, early.body.accessToken);
    return body.order.status === 'delivered';
  });
  await until('nothing is left in Redis', async () => (await records()) === 0);
  await until('it is normal again', async () => (await mode(second)) === 'ok');
  // The same keys are the same orders.
  const again = await second.place({ skuId, contact: 'anna', key: 'key-of-the-buyer-anna' });
  assert.deepEqual([again.status, again.body.order.id], [201, tickets[0]?.id]);
  const count = await shop.context.database.read.selectFrom('orders').select('id').execute();
  assert.equal(count.length, 5);
  // Its issue journal is lost with it: there is nothing to hold against the books.
  (shop.dataDirs as string[]).length = 0;
});

test('a frozen Redis costs a recorded order a moment at most, and nothing else', async () => {
  const buyer = buyerAt(other.origin);
  await turn(true);
  await until('it is heard', async () => (await mode(buyer)) === 'degraded');
  redis.pause();
  try {
    for (let i = 0; i < 10; i++) assert.equal((await buyer.place({ skuId, contact: `frozen-${i}` })).status, 202);
  } finally {
    redis.resume();
  }
  await turn(false);
  await until('it is normal again', async () => (await mode(buyer)) === 'ok');
  const orders = await shop.context.database.read.selectFrom('orders').select('id').execute();
  assert.equal(orders.length, 15);
});
