/** A sale over two server processes that share a MariaDB and a Redis, while everything happens to the Redis. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { updateSku } from '../../../server/catalog/update-sku.ts';
import { type Buyer, buyerAt, tradeFor } from '../../kit/buyer.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { assertSound } from '../../kit/shop-audit.ts';
import { newTestShop, type TestShop } from '../../kit/test-shop.ts';
import { until } from '../../kit/until.ts';

let redis: RedisServer;
let shop: TestShop;
const doors: Buyer[] = [];
const door = (i: number) => doors[i % doors.length] as Buyer;

before(async () => {
  redis = await startRedis();
  shop = await newTestShop('mysql', { REDIS_URL: redis.url });
  const servers = await Promise.all([1, 2].map(() => shop.newProcess()));
  await Promise.all(servers.map((server) => server.start()));
  doors.push(...servers.map((server) => buyerAt(server.origin)));
});
after(async () => {
  await shop.close();
  await redis.stop();
});

interface Sale {
  refused: number;
  secrets: string[];
}

/**
 * Buyers who come one after the other through both doors until the shop is sold out or the trouble is over. Each payment is
 * called back to both processes at once.
 */
async function sell(skuId: number, trouble: Promise<void>): Promise<Sale> {
  const sale: Sale = { refused: 0, secrets: [] };
  let over = false;
  void trouble.finally(() => {
    over = true;
  });
  async function buyer(n: number): Promise<void> {
    for (let i = n; !over; i++) {
      const placed = await door(i).place({ skuId });
      if (placed.status === 409 && placed.problem.code === 'sold_out') {
        sale.refused++;
        return;
      }
      assert.equal(placed.status, 201, placed.text);
      const { order, payment, accessToken } = placed.body;
      const trade = tradeFor(payment);
      const answers = await Promise.all(doors.map((one) => one.callback(trade)));
      assert.deepEqual(
        answers.map(({ text }) => text),
        ['success', 'success'],
      );
      const shown = await door(i + 1).cards(order.id, accessToken);
      assert.equal(shown.status, 200, shown.text);
      sale.secrets.push(...shown.body.cards.map((card) => card.secret));
    }
  }
  await Promise.all([...Array.from({ length: 12 }, (_, n) => buyer(n)), trouble]);
  return sale;
}

test('Redis is wiped every second during a sale: nothing is lost, nothing is sold twice', async (t) => {
  const skuId = await shop.newSku({ cards: 800 });
  const wiping = async () => {
    for (let i = 0; i < 3; i++) {
      await sleep(1000);
      await redis.wipe();
    }
  };
  const { secrets } = await sell(skuId, wiping());
  t.diagnostic(`${secrets.length} orders while Redis was wiped 3 times`);
  assert.ok(secrets.length > 0);
  assert.equal(new Set(secrets).size, secrets.length);
  await assertSound(shop);
});

test('Redis freezes, wakes up, is killed and replaced: every buyer is served, the last card is sold once', async (t) => {
  const skuId = await shop.newSku({ cards: 400 });
  const misfortunes = async () => {
    await sleep(300);
    redis.pause();
    await sleep(1000);
    redis.resume();
    await sleep(700);
    await redis.kill();
    await sleep(300);
    await redis.restart();
    await sleep(700);
  };
  const { secrets, refused } = await sell(skuId, misfortunes());
  t.diagnostic(`${secrets.length} orders, ${refused} buyers refused because it was sold out`);
  assert.equal(new Set(secrets).size, secrets.length);
  await assertSound(shop);
});

test('a price changed by one process is shown by the others', async () => {
  const skuId = await shop.newSku({ priceMinor: 1000 });
  const priceAt = async (one: Buyer) => {
    const { text } = await one.call({ path: '/api/v1/products?pageSize=100' });
    const { products } = JSON.parse(text) as { products: { skus: { id: number; priceMinor: number }[] }[] };
    return products.flatMap(({ skus }) => skus).find(({ id }) => id === skuId)?.priceMinor;
  };
  await until('both show it', async () => (await Promise.all(doors.map(priceAt))).every((price) => price === 1000));
  const deps = { ...shop.context, skusInUse: async () => new Set<number>() };
  const changed = await updateSku(deps, { id: skuId, version: 1, actor: 'test', priceMinor: 1500 });
  assert.equal(changed.kind, 'changed');
  await until('both show the new one', async () => (await Promise.all(doors.map(priceAt))).every((it) => it === 1500));
});
