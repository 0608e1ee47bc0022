/** What an owner does with orders from the desk, on both databases: many at once, and reading what happened to one. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { TimelineEvent } from '../../contract/admin-timeline.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

for (const dialect of dialects) {
  suite(`orders at the desk on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    let skuId: number;
    before(async () => {
      shop = await startShop(dialect, {
        CARDWELL_SAMPLE_DATA: 'off',
        CARDWELL_ENV: 'development',
        CARDWELL_LIMITS: 'off',
      });
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      const product = await admin('POST', '/api/admin/v1/products', { name: 'Card' });
      const sku = { name: 'One', priceMinor: 500, currency: 'CNY', delivery: 'cards' };
      const made = await admin('POST', `/api/admin/v1/products/${product.body.product.id}/skus`, sku);
      skuId = made.body.sku.id;
      const imported = await fetch(`${shop.address}/api/admin/v1/cards/import?skuId=${skuId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'text/plain' },
        body: 'N-1----S-1\nN-2----S-2\nN-3----S-3\n',
      });
      assert.ok(imported.ok, await imported.text());
    });
    after(() => shop.close());

    async function order(paid: boolean): Promise<string> {
      const body = { lines: [{ skuId, quantity: 1 }], contact: 'desk@example.com', channel: 'sandbox' };
      const placed = await client(shop.address)('POST', '/api/v1/orders', body);
      assert.equal(placed.status, 201, JSON.stringify(placed.body));
      if (!paid) return placed.body.order.id;
      const { pathname, search } = new URL(placed.body.payment.action.url);
      const reply = await fetch(shop.address + pathname + search, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'choice=pay',
      });
      assert.ok(reply.ok, String(reply.status));
      return placed.body.order.id;
    }
    const batch = async (action: string, ids: readonly string[]) =>
      (await admin('POST', '/api/admin/v1/orders/batch', { ids, action, reason: 'clearing up' })).body.results;
    const events = async (id: string): Promise<TimelineEvent[]> =>
      (await admin('GET', `/api/admin/v1/orders/${id}/timeline`)).body.events;

    test('each of many orders goes by itself, and what became of it is told', async () => {
      const [open, paid] = [await order(false), await order(true)];
      const nobody = `A0${'0'.repeat(26)}`;
      assert.deepEqual(await batch('cancel', [nobody, paid, open]), [
        { id: nobody, outcome: 'order-not-found' },
        { id: paid, outcome: 'not-possible' },
        { id: open, outcome: 'done' },
      ]);
      assert.deepEqual(await batch('refund', [open, nobody, paid]), [
        { id: open, outcome: 'nothing-to-refund' },
        { id: nobody, outcome: 'order-not-found' },
        { id: paid, outcome: 'done' },
      ]);
      assert.deepEqual(await batch('refund', [paid]), [{ id: paid, outcome: 'nothing-to-refund' }]);
      const [, completed] = await batch('complete', [paid, await order(false)]);
      assert.equal(completed.outcome, 'done');
      const log = await admin('GET', `/api/admin/v1/audit-log?orderId=${open}`);
      assert.deepEqual(
        log.body.entries.map(({ action, reason }: { action: string; reason: string }) => [action, reason]),
        [['order.cancel', 'clearing up']],
      );
      const twice = await admin('POST', '/api/admin/v1/orders/batch', {
        ids: [open, open],
        action: 'cancel',
        reason: 'xx',
      });
      assert.equal(twice.body.code, 'invalid_request');
    });

    test('an order tells what happened to it from first to last', async () => {
      const id = await order(true);
      await batch('refund', [id]);
      const happened = await events(id);
      assert.deepEqual(
        happened.map(({ kind }) => kind).filter((kind) => !kind.startsWith('refund-succeeded')),
        ['placed', 'payment-begun', 'evidence', 'paid', 'delivered', 'refund-requested', 'person'],
      );
      assert.deepEqual(
        happened.map(({ at }) => at),
        happened.map(({ at }) => at).sort((a, b) => a - b),
      );
      const [evidence] = happened.filter(({ kind }) => kind === 'evidence');
      assert.deepEqual([evidence?.by, evidence?.detail, evidence?.amountMinor], ['sandbox', 'callback', 500]);
      const [person] = happened.filter(({ kind }) => kind === 'person');
      assert.deepEqual([person?.detail, person?.reason], ['order.refund', 'clearing up']);
      const none = await admin('GET', `/api/admin/v1/orders/A0${'0'.repeat(26)}/timeline`);
      assert.equal(none.body.code, 'order_not_found');
    });
  });
}
