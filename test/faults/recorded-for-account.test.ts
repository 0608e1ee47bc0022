/** A signed-in buyer orders while nobody can look up whose session it is: the order still goes to the account. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { dialects } from '../kit/shop-database.ts';
import { client, startShop } from '../kit/shop-server.ts';
import { until } from '../kit/until.ts';

for (const dialect of dialects) {
  suite(dialect, () => {
    test('it is asked at replay whose session it was, unless that has been ended since', async (t) => {
      const shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      t.after(() => shop.close());
      const admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      const product = (await admin('POST', '/api/admin/v1/products', { name: 'Game key' })).body.product;
      const fields = { name: 'One', priceMinor: 500, currency: 'CNY', delivery: 'manual' };
      const { sku } = (await admin('POST', `/api/admin/v1/products/${product.id}/skus`, fields)).body;
      const signIn = async (path: string) => {
        const login = { login: 'bob@example.com', password: 'correct horse battery' };
        const reply = await client(shop.address)('POST', `/api/v1/account/${path}`, login);
        const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] as string;
        const headers = { cookie, 'x-csrf-token': reply.body.csrfToken };
        return { ask: client(shop.address, headers), token: cookie.split('=')[1] as string };
      };
      const [bob, leaving] = [await signIn('register'), await signIn('login')];
      const turn = (on: boolean) => admin('PUT', '/api/admin/v1/degrade', { on, why: 'a test' });
      const place = async (ask: ReturnType<typeof client>, contact: string) => {
        const reply = await ask('POST', '/api/v1/orders', { lines: [{ skuId: sku.id, quantity: 1 }], contact });
        assert.equal(reply.status, 202, JSON.stringify(reply.body));
        return reply.body.ticket.id as string;
      };
      await turn(true);
      const ticket = await place(bob.ask, 'bob-while-away');
      await place(leaving.ask, 'bob-who-signs-out');
      await place(client(shop.address, { cookie: 'cardwell_buyer=nobody' }), 'a-stranger');
      assert.equal((await leaving.ask('POST', '/api/v1/account/logout', {})).status, 204);
      const folder = shop.context.degrade.book.folder;
      const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
      const onDisk = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
      assert.ok(onDisk.includes('bob-while-away') && !onDisk.includes(bob.token), 'the token is not kept');
      await turn(false);
      await until('normal again', async () => (await admin('GET', '/readyz')).body.status === 'ok');
      const { orders } = (await bob.ask('GET', '/api/v1/account/orders')).body as {
        orders: { order: { id: string } }[];
      };
      assert.deepEqual(
        orders.map(({ order }) => order.id),
        [ticket],
      );
      const all = await shop.context.database.read.selectFrom('orders').select('id').execute();
      assert.equal(all.length, 3);
    });
  });
}
