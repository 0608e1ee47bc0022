/** The figures of the first page, the same on both databases: what counts where, in which bucket, and what is refused. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { insertOrders } from '../../server/order/order-store.ts';
import { firstAttempt } from '../../server/payment/check-out.ts';
import { insertEvidence } from '../../server/payment/evidence-store.ts';
import { insertPayments } from '../../server/payment/payment-store.ts';
import { openReviewCases } from '../../server/payment/review-store.ts';
import { orderId, sha256 } from '../../server/platform/ids.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type ShopServer, startShop } from '../kit/shop-server.ts';

const hourMs = 3_600_000;
/** Midnight of a day in the past, in UTC. */
const from = Date.UTC(2026, 2, 1);
const to = from + 24 * hourMs;

for (const dialect of dialects) {
  suite(`overview on ${dialect}`, () => {
    let shop: ShopServer;
    let admin: ReturnType<typeof client>;
    before(async () => {
      shop = await startShop(dialect, { CARDWELL_SAMPLE_DATA: 'off' });
      admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
    });
    after(() => shop.close());

    const overview = async (query = `from=${from}&to=${to}&stepMs=${hourMs}`) =>
      await admin('GET', `/api/admin/v1/overview?${query}`);

    /** An order placed then, and for some of them a payment of `paidMinor` that the card followed after `waitMs`. */
    async function trade(
      at: number,
      options: { region?: string; currency?: string; waitMs?: number; idMs?: number } = {},
    ) {
      const { region = 'A0', currency = 'CNY', waitMs, idMs = at } = options;
      const id = orderId(region, idMs);
      const paid = waitMs !== undefined;
      await shop.context.database.transact('test', async (tx) => {
        const times = paid ? { paid_at: at + waitMs, delivered_at: at + waitMs, received_minor: 100 } : {};
        await insertOrders(tx, [
          {
            id,
            region,
            status: paid ? 'delivered' : 'expired',
            currency,
            total_minor: 100,
            contact: 'a@example.com',
            contact_key: 'a@example.com',
            token_hash: sha256(id),
            token_salt: id.slice(0, 22),
            request_hash: id,
            client_key: id,
            expires_at: at + hourMs,
            created_at: at,
            ...times,
          },
        ]);
        const attempt = firstAttempt({ id, totalMinor: 100, currency }, 'sandbox', at);
        await insertPayments(tx, [attempt], at);
        if (!paid) return;
        await tx
          .updateTable('payments')
          .set({ succeeded_at: at + waitMs })
          .where('id', '=', attempt.id)
          .execute();
        const payment = {
          channel: 'sandbox',
          tradeNo: `T${id}`,
          outTradeNo: attempt.id,
          amountMinor: 100,
          currency,
          merchant: 'sandbox',
          paidAt: at,
          source: 'callback' as const,
          raw: '{}',
        };
        await insertEvidence(tx, [{ payment, orderId: id, outcome: 'settled' }], at + waitMs);
      });
      return id;
    }

    test('orders, money, conversion and the wait for the card are those of the range', async () => {
      await trade(from - 1, { waitMs: 5 });
      await trade(to, { waitMs: 5 });
      await trade(from, { waitMs: 300 });
      await trade(from + hourMs - 1, { waitMs: 700 });
      await trade(from + hourMs);
      await trade(from + 5 * hourMs, { region: 'B1', currency: 'USD', waitMs: 2000 });
      // Recorded while the database was away, the day before, and placed 23 hours later.
      await trade(from + 22 * hourMs, { idMs: from - hourMs });
      const { status, body } = await overview();
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual(body.orders, { placed: 5, paid: 3, delivered: 3 });
      assert.deepEqual(body.revenue, [
        { currency: 'CNY', receivedMinor: 200, refundedMinor: 0 },
        { currency: 'USD', receivedMinor: 100, refundedMinor: 0 },
      ]);
      assert.deepEqual(
        body.buckets.map((bucket: { at: number; placed: number; paid: number }) => [
          (bucket.at - from) / hourMs,
          bucket.placed,
          bucket.paid,
        ]),
        [
          [0, 2, 2],
          [1, 1, 0],
          [5, 1, 1],
          [22, 1, 0],
        ],
      );
      // The one placed a moment before the range was paid within it.
      assert.deepEqual(body.issue, { payments: 4, p50Ms: 300, p99Ms: 2000 });
      const sandbox = body.channels.find(({ code }: { code: string }) => code === 'sandbox');
      assert.deepEqual([sandbox.attempts, sandbox.succeeded, sandbox.state], [5, 3, 'works']);
    });

    test('what is the matter now: stock at its warning, open cases, messages that are due', async () => {
      const product = await admin('POST', '/api/admin/v1/products', { name: 'Nearly gone' });
      const { id } = product.body.product;
      const sku = { name: 'One', priceMinor: 100, currency: 'CNY', delivery: 'cards', lowStockAt: 3 };
      await admin('POST', `/api/admin/v1/products/${id}/skus`, sku);
      await admin('POST', `/api/admin/v1/products/${id}/skus`, { ...sku, name: 'Made by hand', delivery: 'manual' });
      await shop.context.database.transact('test', (tx) =>
        openReviewCases(tx, [{ kind: 'out_of_stock', about: 'x', detail: {} }], 5),
      );
      // Another range: nobody has asked for it yet.
      const { body } = await overview(`from=${from + 1}&to=${to}&stepMs=${24 * hourMs}`);
      assert.equal(body.lowStock.count, 1);
      const [short] = body.lowStock.skus;
      assert.deepEqual(
        [short.productName, short.skuName, short.available, short.lowStockAt],
        ['Nearly gone', 'One', 0, 3],
      );
      assert.deepEqual(body.review, { open: 1, kinds: [{ kind: 'out_of_stock', open: 1 }] });
      assert.equal(body.system.mode, 'normal');
      assert.deepEqual(body.system.outbox, { due: 0, oldestDueAt: null });
    });

    test('an empty range has zeros, and a range that is too long or turned round is refused', async () => {
      const { body } = await overview(`from=0&to=${hourMs}&stepMs=${hourMs}`);
      assert.deepEqual([body.orders.placed, body.revenue, body.issue, body.buckets], [0, [], null, []]);
      const dayMs = 24 * hourMs;
      for (const query of [
        `from=${to}&to=${from}&stepMs=${hourMs}`,
        `from=${from}&to=${from}&stepMs=${hourMs}`,
        `from=0&to=${401 * dayMs}&stepMs=${dayMs}`,
        `from=0&to=${801 * hourMs}&stepMs=${hourMs}`,
        `from=0&to=${dayMs}&stepMs=1`,
        `from=0&to=8640000000000000&stepMs=${dayMs}`,
      ]) {
        const reply = await overview(query);
        assert.deepEqual([reply.status, reply.body.code], [400, 'invalid_request'], query);
      }
    });
  });
}
