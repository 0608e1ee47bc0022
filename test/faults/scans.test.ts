/** What each scan finds and mends, on both databases: every fault is made by hand, as a crash or a lost commit would leave it. */
import assert from 'node:assert/strict';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { cardStatus } from '../../contract/states.ts';
import type { Order } from '../../server/order/order.ts';
import { readOrder } from '../../server/order/order-store.ts';
import type { Channel } from '../../server/payment/channel.ts';
import { expireOrders } from '../../server/payment/expire-orders.ts';
import { readPayments } from '../../server/payment/payment-store.ts';
import { queryPayment } from '../../server/payment/query-payment.ts';
import { requestRefund } from '../../server/payment/request-refund.ts';
import { listReviewCases } from '../../server/payment/review-store.ts';
import type { Tx } from '../../server/platform/db/database.ts';
import { readIssueJournal } from '../../server/platform/journal/read-issue-journal.ts';
import { runScan, runScans } from '../../server/reconcile/run-scans.ts';
import { scans } from '../../server/reconcile/scans/scans.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

for (const dialect of dialects) {
  suite(`scans on ${dialect}`, () => {
    let shop: TradingShop;
    before(async () => {
      shop = await newTradingShop(dialect);
    });
    after(() => shop.close());

    const scan = (name: string) => runScan(shop.world, name);
    const breakIt = (work: (tx: Tx) => Promise<unknown>) => shop.database.transact('test.break', work);
    const status = async (order: Order) => (await readOrder(shop.database.read, order.id))?.status;
    const cards = (skuId: number) =>
      shop.database.read
        .selectFrom('card_keys')
        .select(['id', 'status', 'order_id'])
        .where('sku_id', '=', skuId)
        .execute();
    const cases = (kind: string) => listReviewCases(shop.database.read, { kind, limit: 100 });
    /** The commit of a settlement is lost, as an asynchronous replica loses it: the journal and the buyer still know. */
    const loseSettlement = (order: Order, cardStatusThen: number) =>
      breakIt(async (tx) => {
        await tx.deleteFrom('card_issues').where('order_id', '=', order.id).execute();
        await tx.deleteFrom('payment_evidence').where('order_id', '=', order.id).execute();
        const back = { status: cardStatusThen, sale_time: null, ...(cardStatusThen === 0 ? { order_id: null } : {}) };
        await tx.updateTable('card_keys').set(back).where('order_id', '=', order.id).execute();
        const unpaid = { status: 'pending', paid_at: null, delivered_at: null, received_minor: 0 };
        await tx.updateTable('orders').set(unpaid).where('id', '=', order.id).execute();
      });

    test('expire-orders ends unpaid orders past their time and frees their cards, past a channel that fails', async () => {
      const skuId = await shop.stockedSku(3);
      const [quiet, broken, paid] = [
        await shop.place([{ skuId, quantity: 1 }]),
        await shop.place([{ skuId, quantity: 1 }]),
        await shop.place([{ skuId, quantity: 1 }]),
      ] as [Order, Order, Order];
      shop.answers.query.set(await shop.open(broken), new Error('channel on fire'));
      const late = shop.payment(paid, { source: 'query' });
      shop.answers.query.set(await shop.open(paid), { kind: 'paid', payment: late });
      assert.deepEqual(await scan('expire-orders'), { found: 0, mended: 0 });
      shop.clock.advance(16 * 60_000);
      assert.deepEqual(await scan('expire-orders'), { found: 3, mended: 1 });
      assert.deepEqual(
        [await status(quiet), await status(broken), await status(paid)],
        ['expired', 'pending', 'delivered'],
      );
      shop.answers.query.clear();
      shop.clock.advance(60_000);
      assert.deepEqual(await scan('expire-orders'), { found: 1, mended: 1 });
      assert.equal((await cards(skuId)).filter((card) => card.status === cardStatus.available).length, 2);
    });

    test('query-payments brings money in that no callback told of, and asks a failing channel again later', async () => {
      const skuId = await shop.stockedSku(2);
      const order = await shop.place([{ skuId, quantity: 1 }]);
      const other = await shop.place([{ skuId, quantity: 1 }]);
      shop.answers.query.set(await shop.open(order), {
        kind: 'paid',
        payment: shop.payment(order, { source: 'query' }),
      });
      shop.answers.query.set(await shop.open(other), new Error('no route'));
      shop.clock.advance(20_000);
      assert.deepEqual(await scan('query-payments'), { found: 2, mended: 1 });
      assert.deepEqual([await status(order), await status(other)], ['delivered', 'pending']);
      assert.equal((await scan('query-payments')).found, 0);
      shop.clock.advance(15_000);
      assert.equal((await scan('query-payments')).found, 1);
    });

    test('an ended attempt whose question moved the money is asked about until an answer is heard', async () => {
      const skuId = await shop.stockedSku(2);
      const [late, never] = [
        await shop.place([{ skuId, quantity: 1 }]),
        await shop.place([{ skuId, quantity: 1 }]),
      ] as [Order, Order];
      const attempts = [await shop.open(late), await shop.open(never)];
      shop.clock.advance(16 * 60_000);
      await scan('expire-orders');
      assert.deepEqual([await status(late), await status(never)], ['expired', 'expired']);
      const asks = async () =>
        [...(await readPayments(shop.database.read, attempts)).values()].map((one) => one.nextQueryAt);
      const hour = 3_600_000;
      const madeAt = [...(await readPayments(shop.database.read, attempts)).values()].map((one) => one.createdAt);
      assert.deepEqual(
        await asks(),
        madeAt.map((at) => at + hour),
      );
      await breakIt((tx) =>
        tx.updateTable('payments').set({ next_query_at: null }).where('id', 'in', attempts).execute(),
      );
      // The payer agreed after all; the network took the money over our question, and its answer was lost.
      for (const id of attempts) shop.answers.query.set(id, new Error('the line broke'));
      const about = await readPayments(shop.database.read, attempts);
      for (const payment of about.values())
        await queryPayment({ ...shop.world }, payment).then(
          () => assert.fail('an answer'),
          () => undefined,
        );
      shop.answers.query.set(attempts[0] as string, {
        kind: 'paid',
        payment: shop.payment(late, { source: 'query' }),
      });
      shop.answers.query.set(attempts[1] as string, { kind: 'closed' });
      shop.clock.advance(61_000);
      assert.ok(!(await asks()).includes(null));
      await scan('query-payments');
      assert.deepEqual([await status(late), await status(never)], ['delivered', 'expired']);
      assert.deepEqual(await asks(), [null, (madeAt[1] as number) + hour]);
    });

    test('an attempt that ended by a wrong word is looked at again: its money is found, and the looks come to an end', async () => {
      const skuId = await shop.stockedSku(2);
      const [hidden, never] = [
        await shop.place([{ skuId, quantity: 1 }]),
        await shop.place([{ skuId, quantity: 1 }]),
      ] as [Order, Order];
      const [paidAttempt, unpaid] = [await shop.open(hidden), await shop.open(never)];
      shop.answers.query.set(paidAttempt, { kind: 'closed' });
      shop.answers.query.set(unpaid, { kind: 'closed' });
      shop.clock.advance(16 * 60_000);
      await scan('expire-orders');
      assert.deepEqual([await status(hidden), await status(never)], ['expired', 'expired']);
      shop.answers.query.set(paidAttempt, { kind: 'paid', payment: shop.payment(hidden, { source: 'query' }) });
      const next = async () => (await readPayments(shop.database.read, [unpaid])).get(unpaid)?.nextQueryAt;
      const looks: number[] = [];
      for (let at = await next(); at != null && looks.length < 9; at = await next()) {
        shop.clock.advance(at - shop.clock.now() + 1);
        await scan('query-payments');
        looks.push(at);
      }
      assert.equal(looks.length, 4);
      assert.equal(await status(hidden), 'delivered');
      assert.equal(await status(never), 'expired');
    });

    test('an attempt closed by our word alone is asked about further, and its late money is taken in', async () => {
      const skuId = await shop.stockedSku(1);
      const order = await shop.place([{ skuId, quantity: 1 }]);
      const attempt = await shop.open(order);
      const channels = shop.world.channels;
      const byWord = (channel: Channel | undefined) => channel && { ...channel, closesByWordOnly: true };
      shop.clock.advance(16 * 60_000);
      const get = (code: string) => byWord(channels.get(code));
      await expireOrders({ ...shop.world, channels: { ...channels, get } }, [order.id]);
      assert.equal(await status(order), 'expired');
      shop.answers.query.set(attempt, { kind: 'paid', payment: shop.payment(order, { source: 'query' }) });
      shop.clock.advance(31 * 60_000);
      await scan('query-payments');
      assert.equal(await status(order), 'delivered');
    });

    test('deliver-paid sends an order without its cards to a person, and completes one that has them', async () => {
      const skuId = await shop.stockedSku(4);
      const [bare, whole] = [
        await shop.place([{ skuId, quantity: 2 }]),
        await shop.place([{ skuId, quantity: 2 }]),
      ] as [Order, Order];
      for (const order of [bare, whole]) await shop.pay(order);
      await breakIt(async (tx) => {
        const paid = { status: 'paid', delivered_at: null };
        await tx.updateTable('orders').set(paid).where('id', 'in', [bare.id, whole.id]).execute();
        await tx.deleteFrom('card_issues').where('order_id', '=', bare.id).execute();
      });
      assert.equal((await scan('deliver-paid')).found, 0);
      shop.clock.advance(61_000);
      assert.deepEqual(await scan('deliver-paid'), { found: 2, mended: 2 });
      assert.deepEqual([await status(bare), await status(whole)], ['review', 'delivered']);
      assert.equal((await cases('delivery_failed')).filter((one) => one.orderId === bare.id).length, 1);
      assert.equal((await scan('deliver-paid')).found, 0);
    });

    test('release-orphans frees cards of ended orders, but not those the journal knows', async () => {
      const skuId = await shop.stockedSku(3);
      const order = await shop.place([{ skuId, quantity: 2 }]);
      const open = await shop.place([{ skuId, quantity: 1 }]);
      const [known] = (await cards(skuId)).filter((card) => card.order_id === order.id);
      await shop.world.journal.append([{ cardId: known?.id as number, orderId: order.id, at: shop.clock.now() }]);
      await breakIt((tx) => tx.updateTable('orders').set({ status: 'expired' }).where('id', '=', order.id).execute());
      assert.deepEqual(await scan('release-orphans'), { found: 2, mended: 1 });
      const after = await cards(skuId);
      assert.equal(after.find((card) => card.id === known?.id)?.status, cardStatus.quarantined);
      assert.equal(after.filter((card) => card.status === cardStatus.available).length, 1);
      assert.equal(after.filter((card) => card.order_id === open.id && card.status === cardStatus.locked).length, 1);
    });

    test('refunds-due puts a refund back into the outbox whose message is gone or was taken for done', async () => {
      const skuId = await shop.stockedSku(1);
      const order = await shop.place([{ skuId, quantity: 1 }]);
      await shop.pay(order);
      const refund = {
        orderId: order.id,
        amountMinor: undefined,
        mode: 'channel' as const,
        reason: 'test',
        actor: 'test',
      };
      await requestRefund(shop.world, refund);
      assert.equal((await scan('refunds-due')).found, 0);
      await breakIt((tx) => tx.deleteFrom('outbox').where('topic', '=', 'refund').execute());
      assert.deepEqual(await scan('refunds-due'), { found: 1, mended: 1 });
      await breakIt((tx) => tx.updateTable('outbox').set({ status: 'done' }).where('topic', '=', 'refund').execute());
      assert.deepEqual(await scan('refunds-due'), { found: 1, mended: 1 });
      assert.equal((await scan('refunds-due')).found, 0);
    });

    test('outbox-stuck counts messages that have waited for ten minutes', async () => {
      assert.equal((await scan('outbox-stuck')).found, 0);
      shop.clock.advance(600_001);
      assert.equal((await scan('outbox-stuck')).found, 1);
    });

    test('stock-drift opens one case for a card that came or went by itself', async () => {
      const skuId = await shop.stockedSku(2);
      assert.equal((await scan('stock-drift')).found, 0);
      const [card] = await cards(skuId);
      await breakIt((tx) =>
        tx
          .deleteFrom('card_keys')
          .where('id', '=', card?.id as number)
          .execute(),
      );
      assert.equal((await scan('stock-drift')).found, 1);
      await scan('stock-drift');
      const open = await cases('stock_drift');
      assert.deepEqual(
        open.map((one) => one.detail),
        [{ skuId, region: 'A0', imported: 2, counted: 1 }],
      );
    });

    test('a card whose issue the database lost is off the shelf at the next scan, for sale or reserved', async () => {
      const skuId = await shop.stockedSku(4);
      const [reserved, free] = [
        await shop.place([{ skuId, quantity: 2 }]),
        await shop.place([{ skuId, quantity: 1 }]),
      ] as [Order, Order];
      for (const order of [reserved, free]) await shop.pay(order);
      assert.equal((await scan('journal-against-database')).mended, 0);
      await loseSettlement(reserved, cardStatus.locked);
      await loseSettlement(free, cardStatus.available);
      assert.equal((await scan('journal-against-database')).mended, 3);
      const after = await cards(skuId);
      assert.equal(after.filter((card) => card.status === cardStatus.quarantined).length, 3);
      for (const order of [reserved, free]) {
        const [mine] = (await cases('journal_mismatch')).filter((one) => one.orderId === order.id);
        assert.equal(mine?.detail.count, order.lines[0]?.quantity);
      }
      assert.equal((await scan('journal-against-database')).found, 0);
    });

    test('the window of the journal scan moves on; what was lost behind it is found by the whole scan', async () => {
      const skuId = await shop.stockedSku(2);
      const old = await shop.place([{ skuId, quantity: 1 }]);
      await shop.pay(old);
      shop.clock.advance(6 * 60_000);
      await scan('journal-against-database');
      await loseSettlement(old, cardStatus.available);
      assert.equal((await scan('journal-against-database')).mended, 0);
      assert.equal((await scan('whole-journal-against-database')).mended, 1);
    });

    test('a card issued to another order than the journal says, and one that is gone, go to a person', async () => {
      const skuId = await shop.stockedSku(2);
      const [first, second] = await shop.cardIds(skuId);
      const [a, b] = [await shop.place([{ skuId, quantity: 1 }]), await shop.place([{ skuId, quantity: 1 }])] as [
        Order,
        Order,
      ];
      await shop.pay(a);
      await shop.world.journal.append([
        { cardId: first as number, orderId: b.id, at: shop.clock.now() },
        { cardId: 999_999_999, orderId: b.id, at: shop.clock.now() },
      ]);
      const report = await scan('journal-against-database');
      assert.deepEqual([report.found, report.mended], [2, 0]);
      const [mine] = (await cases('journal_mismatch')).filter((one) => one.orderId === b.id);
      assert.deepEqual(
        (mine as { detail: { cards: { why: string }[] } } | undefined)?.detail.cards.map((one) => one.why),
        ['issued-to-another', 'no-such-card'],
      );
      assert.equal((await cards(skuId)).find((card) => card.id === second)?.status, cardStatus.locked);
    });

    test('a crash between commit and journal is made good, also when nobody looked for an hour', async () => {
      const skuId = await shop.stockedSku(2);
      const orders = [await shop.place([{ skuId, quantity: 1 }]), await shop.place([{ skuId, quantity: 1 }])] as const;
      const [kept, lost] = orders;
      await shop.pay(kept);
      await scan('database-against-journal');
      const dying = { ...shop.world.journal, append: async () => Promise.reject(new Error('power cut')) };
      const { settlePayments } = await import('../../server/payment/settle-payments.ts');
      await assert.rejects(
        settlePayments({ ...shop.world, region: 'A0', mailEnabled: false, journal: dying }, [shop.payment(lost)]),
        /power cut/,
      );
      shop.clock.advance(3_600_000);
      const before = (await journalOf(shop)).length;
      assert.equal((await scan('database-against-journal')).mended, 1);
      const now = await journalOf(shop);
      assert.equal(now.length, before + 1);
      assert.equal(now.at(-1)?.orderId, lost.id);
      assert.equal((await scan('database-against-journal')).mended, 0);
    });

    test('a damaged journal opens a case', async () => {
      const folder = shop.world.journalFolder;
      const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl')) as [string];
      await scan('journal-against-database');
      const damaged = join(folder, `damaged-${file}`);
      writeFileSync(damaged, 'not a record\n');
      assert.equal((await scan('journal-against-database')).found, 1);
      truncateSync(damaged, 3);
      assert.equal((await scan('journal-against-database')).found, 1);
      const chain = (await cases('journal_mismatch')).filter((one) => one.orderId === null);
      assert.deepEqual(chain.map((one) => one.detail.reason).sort(), ['file-shorter', 'not-a-record']);
    });

    test('forget-expired deletes links whose time is over, and tickets of long ago', async () => {
      const row = { order_id: 'A0', purpose: 'mail', created_at: 1 };
      await breakIt((tx) =>
        tx
          .insertInto('order_access')
          .values([
            { ...row, token_hash: 'old', expires_at: 5 },
            { ...row, token_hash: 'new', expires_at: shop.clock.now() + 60_000 },
          ])
          .execute(),
      );
      const ticket = { token_hash: 'x', status: 'refused', order_id: null, problem: null, created_at: 1 };
      const yesterday = shop.clock.now() - 24 * 3_600_000;
      await breakIt((tx) =>
        tx
          .insertInto('tickets')
          .values([
            { ...ticket, id: 'old', settled_at: yesterday - 90 * 24 * 3_600_000 },
            { ...ticket, id: 'new', settled_at: yesterday },
          ])
          .execute(),
      );
      assert.equal((await scan('forget-expired')).mended, 2);
      const left = await shop.database.read.selectFrom('tickets').select('id').execute();
      assert.deepEqual(left, [{ id: 'new' }]);
    });

    test('the loops run every scan, and two workers share them without trouble', async () => {
      const stop = new AbortController();
      const seen = new Set<string>();
      const world = {
        ...shop.world,
        metrics: {
          ...shop.world.metrics,
          scanSeconds: { observe: ({ scan }: { scan: string }) => void seen.add(scan) } as never,
          scanFailures: { inc: ({ scan }: { scan: string }) => assert.fail(`${scan} failed`) } as never,
        },
      };
      const running = [runScans(world, 'one', stop.signal), runScans(world, 'two', stop.signal)];
      while (seen.size < scans.length) await new Promise((resolve) => setTimeout(resolve, 10));
      stop.abort();
      await Promise.all(running);
      assert.deepEqual([...seen].sort(), scans.map((one) => one.name).sort());
    });
  });
}

async function journalOf(shop: TradingShop) {
  const records: { cardId: number; orderId: string }[] = [];
  for await (const entry of readIssueJournal(shop.world.journalFolder)) {
    if (entry.kind === 'record') records.push(entry.record);
  }
  return records;
}
