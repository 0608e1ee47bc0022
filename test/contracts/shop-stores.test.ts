/** The stores of orders, payments, cards and cases, the same on both databases: what is refused, what counts, what is undone. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  issueCards,
  lockCards,
  lockedCardsOf,
  pickCards,
  releaseCards,
  withdrawSoldCards,
} from '../../server/card/reservation-store.ts';
import { enqueue, finishMessages, leaseMessages, returnLeases } from '../../server/delivery/outbox-store.ts';
import {
  changeOrders,
  overdueOrderIds,
  postponeExpiry,
  readOrder,
  type StatusChange,
} from '../../server/order/order-store.ts';
import { findEvidence, insertEvidence } from '../../server/payment/evidence-store.ts';
import { paymentId } from '../../server/payment/payment.ts';
import {
  endPayment,
  insertPayments,
  paymentsOfOrders,
  readPayments,
  scheduleQuery,
  writePayments,
} from '../../server/payment/payment-store.ts';
import { closeReviewCase, listReviewCases, openReviewCases } from '../../server/payment/review-store.ts';
import type { Tx } from '../../server/platform/db/database.ts';
import { DatabaseError } from '../../server/platform/db/errors.ts';
import { region } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

for (const dialect of dialects) {
  suite(`stores on ${dialect}`, () => {
    let shop: TradingShop;
    before(async () => {
      shop = await newTradingShop(dialect);
    });
    after(() => shop.close());

    const write = <T>(work: (tx: Tx) => Promise<T>, deadlineMs?: number) =>
      shop.database.transact('test', work, deadlineMs === undefined ? undefined : { deadlineMs });
    /** Refused as "somebody was faster", for as long as it is tried. */
    const refused = (work: (tx: Tx) => Promise<unknown>) =>
      assert.rejects(write(work, 50), (error) => error instanceof DatabaseError && error.errorClass === 'retry');
    const orderOf = async (cards = 1) => shop.place([{ skuId: await shop.stockedSku(cards + 2), quantity: cards }]);
    const cardsOf = async (id: string) => await lockedCardsOf(shop.database.read, [id]);

    test('cards: the lowest free ones are picked, and a card is locked, sold and put back once', async () => {
      const skuId = await shop.stockedSku(5);
      const pick = (count: number) => write((tx) => pickCards(tx, region, [{ skuId, count }]));
      const ids = (await pick(9)).get(skuId) ?? [];
      assert.deepEqual([ids.length, ids], [5, [...ids].sort((a, b) => a - b)]);
      const [first = 0, second = 0] = ids;
      const order = await orderOf();
      await write((tx) => lockCards(tx, [{ cardId: first, orderId: order.id }]));
      await refused((tx) =>
        lockCards(
          tx,
          [first, second].map((cardId) => ({ cardId, orderId: order.id })),
        ),
      );
      assert.deepEqual((await pick(9)).get(skuId), ids.slice(1), 'nothing of the refused batch is kept');
      const [locked = assert.fail()] = (await cardsOf(order.id)).filter(({ id }) => id === first);
      await write((tx) => releaseCards(tx, [locked]));
      await refused((tx) => releaseCards(tx, [locked]));
      assert.equal((await pick(1)).get(skuId)?.[0], first);
      assert.equal((await write((tx) => pickCards(tx, 'ZZ', [{ skuId, count: 1 }]))).size, 0, 'another region');
    });

    test('cards: only a locked card is issued, and never a second time, whoever tries', async () => {
      const order = await orderOf(2);
      const cards = await cardsOf(order.id);
      const issue = (cardId: number, orderId = order.id) => ({
        cardId,
        orderId,
        lineNo: 1,
        skuId: cards[0]?.sku_id ?? 0,
      });
      const [one = 0, two = 0] = cards.map(({ id }) => id);
      await write((tx) => issueCards(tx, [issue(one)], 5));
      await refused((tx) => issueCards(tx, [issue(one), issue(two)], 5));
      const other = await orderOf();
      const again = write(async (tx) => {
        await tx.updateTable('card_keys').set({ status: 2 }).where('id', '=', one).execute();
        await issueCards(tx, [issue(one, other.id)], 5);
      });
      await assert.rejects(again, (error) => error instanceof DatabaseError && error.errorClass === 'fatal');
      assert.deepEqual(
        (await cardsOf(order.id)).map(({ id }) => id),
        [two],
      );
      assert.equal(await write((tx) => withdrawSoldCards(tx, [order.id], 1)), 1);
      assert.equal(await write((tx) => withdrawSoldCards(tx, [order.id], 1)), 0);
    });

    test('orders: a change names the state it expects, and a row in another state is not counted', async () => {
      const orders = [await orderOf(), await orderOf(), await orderOf()];
      const change = (id: string, from: StatusChange['from'], to: StatusChange['to']): StatusChange => ({
        id,
        from,
        to,
        receivedMinor: 7,
        refundedMinor: 0,
        paidAt: 3,
        deliveredAt: null,
        closedAt: null,
      });
      const [a, b, c] = orders.map(({ id }) => id) as [string, string, string];
      const changes = [change(a, 'pending', 'paid'), change(b, 'pending', 'review'), change(c, 'expired', 'paid')];
      assert.equal(await write((tx) => changeOrders(tx, changes)), 2);
      assert.equal(await write((tx) => changeOrders(tx, changes)), 0);
      const read = await Promise.all([a, b, c].map((id) => readOrder(shop.database.read, id)));
      assert.deepEqual(
        read.map((one) => [one?.status, one?.receivedMinor, one?.version]),
        [
          ['paid', 7, 1],
          ['review', 7, 1],
          ['pending', 0, 0],
        ],
      );
    });

    test('orders: those overdue are found oldest first, and one put off is found later', async () => {
      const order = await orderOf();
      const due = (now: number) => overdueOrderIds(shop.database.read, now, 1000);
      assert.ok(!(await due(order.expiresAt - 1)).includes(order.id));
      assert.ok((await due(order.expiresAt)).includes(order.id));
      await write((tx) => postponeExpiry(tx, order.id, order.expiresAt + 10));
      assert.ok(!(await due(order.expiresAt)).includes(order.id));
      assert.equal((await readOrder(shop.database.read, order.id))?.version, 1, 'watchers see it');
    });

    test('payments: an attempt is entered once, ended once, and never ended once it has money', async () => {
      const order = await orderOf();
      const id = await shop.open(order);
      const payment = (await readPayments(shop.database.read, [id])).get(id) ?? assert.fail();
      await refused((tx) => insertPayments(tx, [payment], 1));
      const fresh = { ...payment, id: paymentId(order.id, 2), attemptNo: 2 };
      await write((tx) => insertPayments(tx, [fresh], 1));
      assert.equal((await paymentsOfOrders(shop.database.read, [order.id])).length, 2);
      const paid = { ...payment, status: 'succeeded' as const, receivedMinor: 100, tradeNo: 'T' };
      await write((tx) => writePayments(tx, [{ before: payment, after: paid }], 1));
      await refused((tx) => writePayments(tx, [{ before: payment, after: paid }], 1));
      assert.equal(await write((tx) => endPayment(tx, id, 'closed', 1)), false);
      assert.equal(await write((tx) => endPayment(tx, fresh.id, 'failed', 1)), true);
      assert.equal(await write((tx) => endPayment(tx, fresh.id, 'closed', 1)), false);
    });

    test('payments: of two who asked a channel at once, one sets the next time', async () => {
      const id = await shop.open(await orderOf());
      const seen = (await readPayments(shop.database.read, [id])).get(id) ?? assert.fail();
      await write((tx) => scheduleQuery(tx, seen, 111));
      await write((tx) => scheduleQuery(tx, seen, 222));
      const now = (await readPayments(shop.database.read, [id])).get(id);
      assert.deepEqual([now?.nextQueryAt, now?.queryCount], [111, 1]);
    });

    test('evidence: one row for a trade of a channel; the same number elsewhere is another trade', async () => {
      const order = await orderOf();
      const payment = shop.payment(order, { tradeNo: 'E-1', raw: '{"€":"😀"}' });
      const entry = { payment, orderId: order.id, outcome: 'settled' };
      await write((tx) => insertEvidence(tx, [entry], 1));
      await refused((tx) => insertEvidence(tx, [entry], 2));
      const elsewhere = { ...payment, channel: 'otherpay' };
      await write((tx) => insertEvidence(tx, [{ ...entry, payment: elsewhere }], 1));
      const found = await findEvidence(shop.database.read, [payment, { ...payment, tradeNo: 'e-1' }]);
      assert.deepEqual(
        [...found.values()].map((one) => [one.channel, one.trade_no]),
        [['testpay', 'E-1']],
      );
    });

    test('review cases: found twice they are opened once, and closed by the first', async () => {
      const one = { kind: 'stock_drift' as const, about: 'sku 1', detail: { counted: 1 } };
      assert.equal(await write((tx) => openReviewCases(tx, [one, { ...one, about: 'sku 2' }], 1)), 2);
      assert.equal(await write((tx) => openReviewCases(tx, [one], 2)), 0);
      const [found = assert.fail()] = await listReviewCases(shop.database.read, { kind: 'stock_drift', limit: 1 });
      const close = (actor: string) =>
        write((tx) => closeReviewCase(tx, found.id, { action: 'close', actor, reason: 'r' }, 3));
      assert.deepEqual([await close('a'), await close('b')], [true, false]);
    });

    test('outbox: two workers at once lease different messages, and a lease is given back by its owner alone', async () => {
      const ids = Array.from({ length: 20 }, (_, i) => `lease-${i}`);
      await write((tx) =>
        enqueue(
          tx,
          ids.map((id) => ({ id, topic: 't', payload: {} })),
          1,
        ),
      );
      const lease = (owner: string) => write((tx) => leaseMessages(tx, owner, 10, 1000, 8, ['t']));
      const [mine, theirs] = await Promise.all([lease('a'), lease('b')]);
      const all = [...mine, ...theirs].map(({ id }) => id);
      assert.equal(new Set(all).size, all.length, 'one message, two workers');
      assert.deepEqual([...all, ...(await lease('c')).map(({ id }) => id)].sort(), [...ids].sort());
      await write((tx) => returnLeases(tx, 'b', 10));
      const returned = (await lease('d')).map(({ id }) => id);
      assert.deepEqual(returned.sort(), theirs.map(({ id }) => id).sort(), 'those of the others stay with them');
    });

    test('outbox: what was sent is done, whoever holds it by now', async () => {
      const message = { id: 'done-once', topic: 'done', payload: { n: 1 } };
      const lease = (owner: string, now: number) => write((tx) => leaseMessages(tx, owner, now, 10, 5, ['done']));
      await write((tx) => enqueue(tx, [message], 1));
      assert.equal((await lease('slow', 10)).length, 1);
      assert.equal((await lease('next', 15)).length, 0);
      assert.deepEqual(await lease('next', 20), [{ ...message, attempts: 0 }]);
      await write((tx) => finishMessages(tx, [message.id], 21));
      assert.equal((await lease('third', 1000)).length, 0);
    });
  });
}
