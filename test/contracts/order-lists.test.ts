/** Lists and exports of orders on both databases: filters mean the same in both, and nothing in a file is run. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { eachOrder } from '../../server/order/each-order.ts';
import { insertLines, insertOrders } from '../../server/order/order-store.ts';
import { orderId, sha256 } from '../../server/platform/ids.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const start = Date.UTC(2026, 2, 1);
const minuteMs = 60_000;

for (const dialect of dialects) {
  suite(`order lists on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
    });
    after(() => shop.close());

    async function past(
      count: number,
      of: (n: number) => { at: number; contact?: string; status?: string; region?: string; name?: string },
    ): Promise<string[]> {
      const orders = Array.from({ length: count }, (_, n) => of(n)).map((one) => {
        const region = one.region ?? 'A0';
        return {
          contact: 'many@example.com',
          status: 'expired',
          name: 'Card',
          ...one,
          region,
          id: orderId(region, one.at),
        };
      });
      await shop.context.database.transact('test', async (tx) => {
        await insertOrders(
          tx,
          orders.map(({ id, at, contact, status, region }) => ({
            id,
            region,
            status,
            currency: 'CNY',
            total_minor: 1234,
            contact,
            contact_key: contact.toLowerCase(),
            token_hash: sha256(id),
            token_salt: id.slice(0, 22),
            request_hash: id,
            client_key: id,
            expires_at: at,
            created_at: at,
          })),
        );
        await insertLines(
          tx,
          orders.map(({ id, name }) => ({
            order_id: id,
            line_no: 1,
            sku_id: 1,
            product_id: 1,
            product_name: name,
            sku_name: 'A',
            delivery: 'cards',
            quantity: 2,
            unit_price_minor: 617,
            amount_minor: 1234,
          })),
        );
      });
      return orders.map(({ id }) => id);
    }
    const listed = async (query: string): Promise<string[]> =>
      (await admin('GET', `/api/admin/v1/orders?limit=100&${query}`)).body.orders.map(({ id }: { id: string }) => id);
    const exported = async (query: string) => await admin('GET', `/api/admin/v1/orders.csv?${query}`);

    test('a range of time and a status have exactly their orders, whichever index serves them', async () => {
      const ids = await past(10, (n) => ({ at: start + n * minuteMs, status: n % 2 ? 'cancelled' : 'expired' }));
      const range = `from=${start + 2 * minuteMs}&to=${start + 6 * minuteMs}`;
      assert.deepEqual(await listed(range), ids.slice(2, 6).reverse());
      assert.deepEqual(await listed(`${range}&status=cancelled`), [ids[5], ids[3]]);
      assert.deepEqual(await listed(`to=${start}`), []);
      const [elsewhere] = await past(1, () => ({ at: start + 3 * minuteMs, region: 'B1' }));
      assert.deepEqual(new Set(await listed(range)), new Set([elsewhere, ...ids.slice(2, 6)]));
    });

    test('a beginning that very many contacts have finds the same orders as one that few have', async () => {
      await past(5200, (n) => ({ at: start + 1_000_000_000 + n, contact: `crowd${n}@example.com` }));
      const last = await listed('q=crowd');
      assert.equal(last.length, 100);
      const few = await listed('q=crowd519');
      assert.equal(few.length, 11);
      assert.deepEqual(last.slice(0, 10), few.slice(0, 10));
      assert.deepEqual(await listed('q=crowd&status=review'), []);
    });

    test('orders with a status that few have are found by an index', async () => {
      const { read } = shop.context.database;
      const explain = async (text: string) =>
        JSON.stringify((await read.executeQuery(CompiledQuery.raw(`EXPLAIN ${text}`))).rows);
      const condition = dialect === 'sqlite' ? "AND status <> 'delivered'" : '';
      const text = `SELECT id FROM orders WHERE status = 'review' ${condition} ORDER BY id DESC LIMIT 50`;
      const plan = await explain(dialect === 'sqlite' ? `QUERY PLAN ${text}` : text);
      assert.match(plan, /orders_by_status_id/);
      // MariaDB sorts where there is next to nothing to sort.
      if (dialect === 'sqlite') assert.doesNotMatch(plan, /TEMP B-TREE/);
    });

    test('an export has every order that the list has, page after page, and stands in the audit log', async () => {
      const pages: number[] = [];
      for await (const page of eachOrder(shop.context.database.lagging, { contactPrefix: 'crowd' }, 1000))
        pages.push(page.length);
      assert.deepEqual(pages, [1000, 1000, 1000, 1000, 1000, 200]);
      const { status, body, headers } = await exported('q=crowd&lang=en');
      assert.equal(status, 200);
      assert.match(headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/);
      assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="orders-[\d-]+\.csv"$/);
      const lines = (body as string).split('\r\n');
      assert.equal(lines.length, 5200 + 2);
      assert.equal(new Set(lines.map((line) => line.slice(0, 28))).size, lines.length);
      assert.match(
        lines[1] ?? '',
        /^A0\w{26},expired,2026-\d\d-\d\d [\d:]{8},crowd5199@example.com,Card A × 2,2,CNY,12.34,0,0,0,,$/,
      );
      const [entry] = (await admin('GET', '/api/admin/v1/audit-log?action=order.export')).body.entries;
      assert.deepEqual([entry.subject, entry.after], ['orders', { q: 'crowd' }]);
    });

    test('what a stranger wrote is text in the file', async () => {
      const contact = '=HYPERLINK("http://evil.example","x")';
      await past(1, () => ({ at: start + 2_000_000_000, contact, name: '@SUM(1)\r\n=1","=2' }));
      const { body } = await exported(`from=${start + 2_000_000_000}`);
      const bytes = new Uint8Array(
        await (
          await fetch(`${shop.address}/api/admin/v1/orders.csv?from=${start + 2_000_000_000}`, {
            headers: { authorization: `Bearer ${shop.token}` },
          })
        ).arrayBuffer(),
      );
      assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
      assert.ok((body as string).includes(`,"'=HYPERLINK(""http://evil.example"",""x"")",`), body);
      assert.ok((body as string).includes(`,"'@SUM(1)\r\n=1"",""=2 A × 2",2,`), body);
    });

    test('a file is for those who may read, and a wrong filter is told', async () => {
      assert.equal((await client(shop.address)('GET', '/api/admin/v1/orders.csv')).status, 401);
      assert.equal((await exported('status=nonsense')).body.code, 'invalid_request');
    });
  });
}
