/** The whole shop against every network, each misbehaving in every way it can: each ends as it must, the books equal. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { GatewayTrade } from '../../../gateways/books.ts';
import type { GatewayDefinition } from '../../../gateways/gateway.ts';
import type { MischiefName } from '../../../gateways/mischief.ts';
import { gateways } from '../../../gateways/registry.ts';
import { type RunningGateway, serveGateway } from '../../../gateways/serve-gateway.ts';
import { readOrder } from '../../../server/order/order-store.ts';
import type { Payment } from '../../../server/payment/payment.ts';
import { paymentsOfOrders } from '../../../server/payment/payment-store.ts';
import { queryPayment } from '../../../server/payment/query-payment.ts';
import { refundsOfOrder } from '../../../server/payment/refund-store.ts';
import { requestRefund } from '../../../server/payment/request-refund.ts';
import { listReviewCases } from '../../../server/payment/review-store.ts';
import { sendRefund } from '../../../server/payment/send-refund.ts';
import type { DialectName } from '../../../server/platform/db/database.ts';
import { callbackOf, callbackPath } from '../../kit/buyer.ts';
import { callerOf } from '../../kit/http-call.ts';
import { type LiveShop, newLiveShop } from '../../kit/live-shop.ts';
import { assertSound } from '../../kit/shop-audit.ts';
import { until } from '../../kit/until.ts';
import { beginPurchase } from './purchase.ts';

/** Ends well by itself or after the shop has asked: the buyer has the card. */
const harmless: readonly MischiefName[] = [
  'lost',
  'late',
  'doubled',
  'reordered',
  'forged',
  'slow',
  'error-5xx',
  'answer-lost',
  'wrong-signature',
  'query-disagrees',
  'rotated',
];

/** Given back at a network that tells nobody: its books differ until the bill comes. */
const unbooked: string[] = [];

for (const dialect of ['sqlite', 'mysql'] as const) {
  describe(dialect, { concurrency: 1 }, () => {
    let live: LiveShop;
    const running = new Map<string, RunningGateway>();
    before(async () => {
      live = await newLiveShop(dialect);
      for (const definition of gateways) {
        const gateway = await serveGateway(definition, { speedUp: 100_000, slowMs: 20_000_000 });
        running.set(definition.kind, gateway);
        await live.connect(gateway);
      }
    });
    after(async () => {
      await Promise.all([...running.values()].map((gateway) => gateway.close()));
      await live.close();
    });
    for (const definition of gateways) {
      describe(definition.kind, { concurrency: 1 }, () =>
        journeys(() => ({ live, gateway: running.get(definition.kind) as RunningGateway }), definition, dialect),
      );
    }
    test('after all of it the books are sound, and equal those of every network to the cent', async () => {
      await assertSound(live.shop);
      for (const gateway of running.values()) await assertSameBooks(live, gateway);
    });
  });
}

type World = () => { live: LiveShop; gateway: RunningGateway };

function journeys(world: World, { has, kind }: GatewayDefinition, dialect: DialectName): void {
  for (const mischief of harmless) {
    if (mischief === 'wrong-signature' && !has.signedAnswers) continue;
    if (mischief === 'rotated' && !has.rotation) continue;
    test(`the buyer has the card, though: ${mischief}`, async () => {
      const { live, gateway } = world();
      const bought = await beginPurchase(live, kind);
      gateway.mischief.next(mischief);
      assert.equal(await gateway.pay(bought.payment.outTradeNo), true);
      await gateway.settled();
      if (['slow', 'error-5xx', 'answer-lost', 'wrong-signature', 'query-disagrees', 'lost'].includes(mischief)) {
        await live.makeQueriesDue();
        await live.scan('query-payments');
      }
      gateway.mischief.behave();
      await until('the order is delivered', async () => {
        const status = (await readOrder(live.context.database.read, bought.orderId))?.status;
        if (status === 'delivered') return true;
        await live.makeQueriesDue();
        await live.scan('query-payments');
        return false;
      });
      await gateway.settled();
    });
  }
  if (dialect === 'sqlite') theRest(world, { has, kind });
}

function theRest(world: World, { has, kind }: Pick<GatewayDefinition, 'has' | 'kind'>): void {
  if (has.otherAmounts)
    test('a payer who pays a cent less ends with a person, who gives it back', async () => {
      const { live, gateway } = world();
      const bought = await beginPurchase(live, kind);
      const { outTradeNo, amountMinor } = bought.payment;
      await gateway.pay(outTradeNo, amountMinor - 1);
      await gateway.settled();
      const order = await readOrder(live.context.database.read, bought.orderId);
      if (order?.status === 'pending') return;
      assert.equal(order?.status, 'review');
      const cases = await listReviewCases(live.context.database.read, { orderId: bought.orderId, limit: 5 });
      assert.deepEqual(
        cases.map((one) => one.kind),
        ['amount_mismatch'],
      );
    });

  test('nobody pays: asked, closed, asked again, and the card is on sale again', async () => {
    const { live, gateway } = world();
    const bought = await beginPurchase(live, kind);
    const { database, clock } = live.context;
    await database.transact('test.overdue', (tx) =>
      tx
        .updateTable('orders')
        .set({ expires_at: clock.now() - 1 })
        .where('id', '=', bought.orderId)
        .execute(),
    );
    await live.scan('expire-orders');
    const order = await readOrder(live.context.database.read, bought.orderId);
    if (has.fetched) assert.equal(order?.status, 'expired');
    else if (has.close && order?.status === 'expired')
      assert.equal(await gateway.pay(bought.payment.outTradeNo), false);
    // Without a close the card stays reserved until the network's own end of the attempt has passed.
    else assert.equal(order?.status, 'pending');
  });

  test('money after the end is taken in, and the buyer gets a card', async () => {
    const { live, gateway } = world();
    const bought = await beginPurchase(live, kind);
    await live.context.database.transact('test.expire', (tx) =>
      tx
        .updateTable('orders')
        .set({ status: 'expired', expires_at: 1, closed_at: 1 })
        .where('id', '=', bought.orderId)
        .execute(),
    );
    await live.context.database.transact('test.expire', (tx) =>
      tx.updateTable('card_keys').set({ status: 0, order_id: null }).where('order_id', '=', bought.orderId).execute(),
    );
    await gateway.pay(bought.payment.outTradeNo);
    await gateway.settled();
    await askAgain(live, bought.orderId);
    const order = await readOrder(live.context.database.read, bought.orderId);
    assert.equal(order?.status, 'delivered');
  });

  test('two payments of one order: the second goes back, and the buyer keeps the card', async () => {
    const { live, gateway } = world();
    const first = await beginPurchase(live, kind);
    await gateway.pay(first.payment.outTradeNo);
    await gateway.settled();
    await askAgain(live, first.orderId);
    const { amountMinor, currency } = first.payment;
    const trade = { tradeNo: `T${first.orderId}`, outTradeNo: `${first.orderId}02`, amountMinor, currency };
    const { body, headers } = callbackOf(trade);
    const told = await callerOf(live.origin)({ method: 'POST', path: callbackPath, headers, body });
    assert.equal(told.status, 200);
    const refunds = await refundsOfOrder(live.context.database.read, first.orderId);
    assert.deepEqual(
      refunds.map((refund) => [refund.paymentId, refund.amountMinor]),
      [[trade.outTradeNo, amountMinor]],
    );
    assert.equal(await sendRefund(live.context, refunds[0]?.refundNo ?? ''), undefined);
    assert.equal((await readOrder(live.context.database.read, first.orderId))?.status, 'delivered');
  });

  if (has.refund)
    test('money given back at the network itself is booked, and shown to a person', async () => {
      const { live, gateway } = world();
      const bought = await beginPurchase(live, kind);
      await gateway.pay(bought.payment.outTradeNo);
      await gateway.settled();
      await askAgain(live, bought.orderId);
      await gateway.refundByHand(bought.payment.outTradeNo, bought.payment.amountMinor);
      await gateway.settled();
      const payment = (await paymentsOfOrders(live.context.database.read, [bought.orderId])).at(-1) as Payment;
      await queryPayment(live.context, payment);
      for (const refund of await refundsOfOrder(live.context.database.read, bought.orderId))
        await sendRefund(live.context, refund.refundNo);
      const order = await readOrder(live.context.database.read, bought.orderId);
      // A network that never tells of it is found out by its bill.
      if (order?.status === 'delivered') {
        unbooked.push(bought.payment.outTradeNo);
        return;
      }
      assert.equal(order?.status, 'refunded');
      const cases = await listReviewCases(live.context.database.read, { orderId: bought.orderId, limit: 5 });
      assert.deepEqual(
        cases.map((one) => one.kind),
        ['refunded_at_channel'],
      );
    });

  if (has.refund)
    test('a refund is asked for once, followed to its end, and the cards are withdrawn', async () => {
      const { live, gateway } = world();
      const bought = await beginPurchase(live, kind);
      await gateway.pay(bought.payment.outTradeNo);
      await gateway.settled();
      await askAgain(live, bought.orderId);
      const asked = await requestRefund(live.context, {
        orderId: bought.orderId,
        amountMinor: undefined,
        mode: 'channel',
        reason: 'test',
        actor: 'test',
      });
      assert.ok(asked.kind === 'requested');
      gateway.mischief.next('answer-lost');
      await until('the refund is through', async () =>
        (await Promise.all(asked.refunds.map(({ refundNo }) => sendRefund(live.context, refundNo)))).every(
          (why) => why === undefined,
        ),
      );
      gateway.mischief.behave();
      await gateway.settled();
      assert.equal((await readOrder(live.context.database.read, bought.orderId))?.status, 'refunded');
      const trade = gateway.books.find(bought.payment.outTradeNo) as GatewayTrade;
      assert.equal(trade.refunds.length, 1);
    });
}

/** For networks whose callback was not enough. */
async function askAgain(live: LiveShop, orderId: string): Promise<void> {
  if ((await readOrder(live.context.database.read, orderId))?.status === 'delivered') return;
  await live.makeQueriesDue();
  await live.scan('query-payments');
}

/** What the network took and gave back is what our ledger says, for every trade. */
async function assertSameBooks(live: LiveShop, { books, definition }: RunningGateway): Promise<void> {
  const db = live.context.database.read;
  for (const trade of books.all()) {
    const payment = (await paymentsOfOrders(db, [trade.outTradeNo.slice(0, 28)])).find(
      (one) => one.id === trade.outTradeNo,
    );
    const theirs = trade.refunds
      .filter((refund) => refund.status === 'succeeded')
      .reduce((sum, one) => sum + one.amountMinor, 0);
    const about = `${definition.kind} ${trade.outTradeNo}`;
    assert.equal(payment?.receivedMinor, trade.status === 'paid' ? trade.paidMinor : 0, `received: ${about}`);
    if (!unbooked.includes(trade.outTradeNo)) assert.equal(payment?.refundedMinor, theirs, `refunded: ${about}`);
  }
}
