/** The shop's front window while the database is away: what was shown before is shown still. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buyerAt } from '../../kit/buyer.ts';
import { type Mariadb, startMariadb } from '../../kit/mariadb.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { newTestShop, type TestShop } from '../../kit/test-shop.ts';
import { until } from '../../kit/until.ts';

let redis: RedisServer;
let mariadb: Mariadb;
let shop: TestShop;
before(async () => {
  [redis, mariadb] = await Promise.all([startRedis(), startMariadb()]);
  shop = await newTestShop('mysql', { REDIS_URL: redis.url, DATABASE_URL: await mariadb.newDatabase() });
});
after(async () => {
  await shop.close();
  await Promise.all([redis.stop(), mariadb.stop()]);
});

const windows = ['/api/v1/products?pageSize=20', '/api/v1/shop', '/api/v1/channels'];

test('pages that any process has shown are shown by all while the database is killed, and change when it is back', async () => {
  const skuId = await shop.newSku({ cards: 7, priceMinor: 1000 });
  const [one, two] = await Promise.all([shop.newProcess(), shop.newProcess()]);
  await Promise.all([one.start(), two.start()]);
  const [first, second] = [buyerAt(one.origin), buyerAt(two.origin)];
  const before = await Promise.all(windows.map((path) => first.call({ path })));
  assert.ok(before.every(({ status }) => status === 200));
  // What the first has loaded is in Redis; the second has never shown a page.
  await until('Redis has them', async () => (await redis.client.keys('*page*')).length > 0);
  await mariadb.kill();
  // All that is in Redis counts as old.
  for (const group of ['catalogue', 'stock A0']) await redis.client.set(`cardwell:{${group}}:generation`, 'another');
  for (const buyer of [first, second, second]) {
    const shown = await Promise.all(windows.map((path) => buyer.call({ path })));
    assert.deepEqual(
      shown.map(({ status, text }) => [status, text]),
      before.map(({ text }) => [200, text]),
    );
  }
  await mariadb.restart();
  await until('an order is taken', async () => (await first.place({ skuId })).status === 201);
  await until('the stock follows', async () =>
    /"stock":[0-6],/.test((await second.call({ path: windows[0] as string })).text),
  );
});
