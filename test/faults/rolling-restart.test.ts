/** Stopping and starting real processes under load: no request fails, nothing is lost, leases come back. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { buyerAt, tradeFor } from '../kit/buyer.ts';
import { type Haproxy, startHaproxy } from '../kit/haproxy.ts';
import { assertSound } from '../kit/shop-audit.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';

const drain = { CARDWELL_DRAIN_MS: '1000' };

describe('processes behind a balancer', { concurrency: 1 }, () => {
  let shop: TestShop;
  let servers: ShopProcess[];
  let proxy: Haproxy;
  let skuId: number;

  before(async () => {
    shop = await newTestShop('mysql', { ...drain, LOG_LEVEL: 'error' });
    skuId = await shop.newSku({ cards: 3000 });
    servers = await Promise.all([shop.newProcess(), shop.newProcess()]);
    await Promise.all(servers.map((server) => server.start()));
    proxy = await startHaproxy(Object.fromEntries(servers.map((server, i) => [`s${i}`, server.origin])));
    await Promise.all(servers.map((_, i) => proxy.untilUp(`s${i}`)));
  });
  after(async () => {
    await proxy?.stop();
    await shop?.close();
  });

  test('all of them are restarted in turn under load, and no request fails', async () => {
    const failed: string[] = [];
    let bought = 0;
    let over = false;
    const check = (what: string, reply: { status: number; text: string }, good: boolean) => {
      if (!good) failed.push(`${what}: ${reply.status} ${reply.text.slice(0, 200)}`);
      return good;
    };
    const shopper = async (name: string) => {
      const buyer = buyerAt(proxy.origin, 2);
      for (let i = 0; !over && i < 600; i++) {
        try {
          const placed = await buyer.place({ skuId, contact: `${name}-${i}`, key: `${name}-${i}-rolling-restart` });
          if (!check('order', placed, placed.status === 201)) continue;
          const paid = await buyer.callback(tradeFor(placed.body.payment));
          check('callback', paid, paid.text === 'success');
          const cards = await buyer.cards(placed.body.order.id, placed.body.accessToken);
          if (check('cards', cards, cards.status === 200 && cards.body.cards.length === 1)) bought++;
        } catch (error) {
          failed.push(String(error));
        }
      }
    };
    const shoppers = ['a', 'b', 'c', 'd'].map(shopper);
    for (const [i, server] of servers.entries()) {
      const before = bought;
      const ending = await server.stop();
      assert.deepEqual(ending, { code: 0, signal: null }, server.log());
      await server.start();
      await proxy.untilUp(`s${i}`);
      await until('buying goes on', async () => bought > before);
    }
    over = true;
    await Promise.all(shoppers);
    assert.deepEqual(failed, []);
    assert.ok(bought > 20, `only ${bought} bought`);
    await assertSound(shop);
  });

  test('a process told to stop is not ready at once, serves on, ends streams and gives its leases back', async () => {
    const [server] = servers as [ShopProcess];
    const buyer = buyerAt(server.origin);
    const placed = await buyer.place({ skuId });
    const authorization = `Bearer ${placed.body.accessToken}`;
    const stream = fetch(`${server.origin}/api/v1/orders/${placed.body.order.id}/events`, {
      headers: { authorization },
    });
    const streamed = (await stream).text();
    const ended = server.stop();
    await until('it is not ready', async () => (await buyer.call({ path: '/readyz' })).status === 503);
    const late = await buyer.place({ skuId });
    assert.equal(late.status, 201, 'what still arrives is served');
    assert.equal(late.headers.connection, 'close');
    assert.match(await streamed, /event: order\n[\s\S]*\nretry: \d+\n\n$/);
    assert.deepEqual(await ended, { code: 0, signal: null });
    await servers[1]?.stop();
    const held = await shop.context.database.read
      .selectFrom('leases')
      .select('name')
      .where('expires_at', '>', 0)
      .execute();
    assert.deepEqual(held, [], 'leases were given back');
  });
});
