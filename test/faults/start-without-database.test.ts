/** The program is started while its database is away, as after a power cut that the database takes longer to recover from. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buyerAt } from '../kit/buyer.ts';
import { type Mariadb, startMariadb } from '../kit/mariadb.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';

let mariadb: Mariadb;
let shop: TestShop;
let server: ShopProcess;
before(async () => {
  mariadb = await startMariadb();
  shop = await newTestShop('mysql', { DATABASE_URL: await mariadb.newDatabase(), LOG_LEVEL: 'error' });
  server = await shop.newProcess();
});
after(async () => {
  await shop?.close();
  await mariadb?.stop();
});

const answer = async (path: string) =>
  fetch(`${server.origin}${path}`)
    .then(({ status }) => status)
    .catch(() => undefined);

test('it waits, says so, can be stopped, and opens when the database is there', async () => {
  const skuId = await shop.newSku({ cards: 1 });
  await mariadb.kill();
  const refused = server.start();
  refused.catch(() => undefined);
  await until('it lives', async () => (await answer('/healthz')) === 200);
  assert.equal(await answer('/readyz'), 503);
  const { signal } = await server.stop();
  assert.equal(signal, 'SIGTERM', 'nothing is under way that a stop would wait for');
  await assert.rejects(refused);

  const opening = server.start();
  await until('it says what it waits for', async () => /waiting for it before the shop opens/.test(server.log()));
  await mariadb.restart();
  await opening;
  await until('it is ready', async () => (await answer('/readyz')) === 200);
  const placed = await buyerAt(server.origin).place({ skuId });
  assert.equal(placed.status, 201, placed.text);
});
