/**
 * The statements of every order reach their rows by an index on MySQL, however large the tables are. The server counts
 * the rows it reads, so that reading a table from end to end is seen at once, where a rate on small tables would hide it.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { lockCards, lockedCardsOf, pickCards, releaseCards } from '../../server/card/reservation-store.ts';
import { readOrders } from '../../server/order/order-store.ts';
import { firstAttempt } from '../../server/payment/check-out.ts';
import { findEvidence } from '../../server/payment/evidence-store.ts';
import { paymentId } from '../../server/payment/payment.ts';
import { insertPayments, paymentsOfOrders, readPayments } from '../../server/payment/payment-store.ts';
import type { Tx } from '../../server/platform/db/database.ts';
import { orderId } from '../../server/platform/ids.ts';
import { type CardShelf, newCardShelf, region } from '../kit/card-shelf.ts';

const skus = 20;
const cardsOfEach = 60;
const ordersOfEach = 5;
const orders = skus * ordersOfEach;
const orderIds = Array.from({ length: orders }, () => orderId(region, 1_700_000_000_000));

suite('rows read on mysql', () => {
  let shelf: CardShelf;
  const skuIds: number[] = [];
  before(async () => {
    shelf = await newCardShelf('mysql');
    for (let i = 0; i < skus; i++) {
      const skuId = await shelf.newSku();
      skuIds.push(skuId);
      const lines = Array.from({ length: cardsOfEach }, (_, n) => `NUMBER-${i}-${n}----SECRET-${n}`);
      await shelf.importText(skuId, lines.join('\n'));
    }
  });
  after(() => shelf.close());

  /** Runs it in a transaction and counts the rows that the server read for it, in tables and in indexes. */
  const rowsRead = <T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; rows: number }> =>
    shelf.database.transact('test', async (tx) => {
      const counted = async () => {
        const text = "SHOW SESSION STATUS LIKE 'Handler_read%'";
        const { rows } = await tx.executeQuery<{ Value: string }>(CompiledQuery.raw(text));
        return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
      };
      const before = await counted();
      const result = await work(tx);
      return { result, rows: (await counted()) - before };
    });
  /** Twice for an index and its row, once for the end of a range, and some for the status itself. */
  const few = orders * 4;

  test('cards are picked, locked, found again and put back without reading the shelf', async () => {
    const wishes = skuIds.map((skuId) => ({ skuId, count: ordersOfEach }));
    const picked = await rowsRead((tx) => pickCards(tx, region, wishes));
    const cards = skuIds
      .flatMap((skuId) => picked.result.get(skuId) ?? [])
      .map((cardId, i) => ({ cardId, orderId: orderIds[i] as string }));
    assert.equal(cards.length, orders);
    const locked = await rowsRead((tx) => lockCards(tx, cards));
    const found = await rowsRead((tx) => lockedCardsOf(tx, orderIds));
    assert.deepEqual(
      found.result.map(({ id, order_id }) => ({ cardId: id, orderId: order_id })),
      cards,
    );
    const released = await rowsRead((tx) => releaseCards(tx, found.result));
    for (const { rows } of [picked, locked, found, released]) assert.ok(rows <= few, `${rows} rows read`);
  });

  test('orders, payments and evidence are found by their numbers', async () => {
    // More of each than are asked for, so that reading all of them is seen.
    const others = Array.from({ length: 2000 }, () => orderId(region, 1_700_000_000_000));
    const attempts = [...orderIds, ...others].map((id) =>
      firstAttempt({ id, totalMinor: 1, currency: 'CNY' }, 'sandbox', 1),
    );
    await shelf.database.transact('test', (tx) => insertPayments(tx, attempts, 1));
    const ids = orderIds.map((id) => paymentId(id, 1));
    const ofOrders = await rowsRead((tx) => paymentsOfOrders(tx, orderIds));
    assert.deepEqual(
      ofOrders.result.map(({ id }) => id),
      [...ids].sort(),
    );
    const byId = await rowsRead((tx) => readPayments(tx, ids));
    assert.equal(byId.result.size, orders);
    const read = await rowsRead((tx) => readOrders(tx, orderIds, { lock: true }));
    const trades = ids.map((tradeNo) => ({ channel: 'sandbox', tradeNo }));
    const evidence = await rowsRead((tx) => findEvidence(tx, trades));
    for (const { rows } of [ofOrders, byId, read, evidence]) assert.ok(rows <= few, `${rows} rows read`);
  });
});
