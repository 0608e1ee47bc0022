/** The audit on both databases: silent on a sound shop, and each way to break it by hand is named by the check it belongs to. */
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { endOrders } from '../../server/order/end-orders.ts';
import type { Order } from '../../server/order/order.ts';
import { completeOrder } from '../../server/payment/complete-order.ts';
import { requestRefund } from '../../server/payment/request-refund.ts';
import { sendRefund } from '../../server/payment/send-refund.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';
import { checks } from '../../server/reconcile/audit/checks.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

/** SQL in which $name stands for a part of the shop below. Undone by the second statement. */
interface Break {
  check: string;
  /** Checks that the same damage breaks too. */
  also?: string[];
  what: string;
  sql: string;
  undo: string;
}

const breaks: readonly Break[] = [
  {
    check: 'INV-1',
    what: 'an issued card is for sale again',
    sql: 'UPDATE card_keys SET status = 0 WHERE id = $card',
    undo: 'UPDATE card_keys SET status = 1 WHERE id = $card',
  },
  {
    check: 'INV-1',
    what: 'a sold card says another order',
    sql: "UPDATE card_keys SET order_id = '$second' WHERE id = $card",
    undo: "UPDATE card_keys SET order_id = '$order' WHERE id = $card",
  },
  {
    check: 'INV-1',
    what: 'a card is sold to nobody',
    sql: 'UPDATE card_keys SET status = 1 WHERE id = $free',
    undo: 'UPDATE card_keys SET status = 0 WHERE id = $free',
  },
  {
    check: 'INV-2',
    what: 'a paid order has expired',
    sql: "UPDATE orders SET status = 'expired' WHERE id = '$manual'",
    undo: "UPDATE orders SET status = 'paid' WHERE id = '$manual'",
  },
  {
    check: 'INV-2',
    what: 'a second payment is not given back',
    sql: "UPDATE refunds SET payment_id = 'x' WHERE refund_no = '$surplus'",
    undo: "UPDATE refunds SET payment_id = '$twice' WHERE refund_no = '$surplus'",
  },
  {
    check: 'INV-2',
    what: 'a wrong amount is on nobody’s desk',
    sql: "UPDATE review_cases SET case_key = 'x' WHERE kind = 'amount_mismatch'",
    undo: "UPDATE review_cases SET case_key = 'amount_mismatch:$odd' WHERE kind = 'amount_mismatch'",
  },
  {
    check: 'INV-2',
    what: 'money for an unknown order is on nobody’s desk',
    sql: "UPDATE review_cases SET case_key = 'x' WHERE kind = 'unknown_order'",
    undo: "UPDATE review_cases SET case_key = 'unknown_order:testpay:stray' WHERE kind = 'unknown_order'",
  },
  {
    check: 'INV-3',
    what: 'an order lost a line',
    sql: "UPDATE order_lines SET order_id = '$second', line_no = 9, amount_minor = 0, delivery = 'manual' WHERE order_id = '$unpaid'",
    undo: "UPDATE order_lines SET order_id = '$unpaid', line_no = 1, amount_minor = 100, delivery = 'cards' WHERE line_no = 9",
  },
  {
    check: 'INV-3',
    what: 'a total was changed',
    sql: "UPDATE orders SET total_minor = total_minor + 1 WHERE id = '$unpaid'",
    undo: "UPDATE orders SET total_minor = total_minor - 1 WHERE id = '$unpaid'",
  },
  {
    check: 'INV-4',
    what: 'an order is delivered for less',
    sql: "UPDATE payment_evidence SET merchant = '' WHERE order_id = '$order'",
    undo: "UPDATE payment_evidence SET merchant = 'test-merchant' WHERE order_id = '$order'",
  },
  {
    check: 'INV-4',
    what: 'an order was paid through another channel',
    sql: "UPDATE payments SET channel = 'other' WHERE order_id = '$order'",
    undo: "UPDATE payments SET channel = 'testpay' WHERE order_id = '$order'",
  },
  {
    check: 'INV-4',
    what: 'a manual decision has no record',
    sql: "UPDATE audit_log SET action = 'x' WHERE action = 'order.complete'",
    undo: "UPDATE audit_log SET action = 'order.complete' WHERE action = 'x'",
  },
  {
    check: 'INV-5',
    what: 'an order bought fewer cards than it holds',
    sql: "UPDATE order_lines SET quantity = quantity - 1 WHERE order_id = '$order'",
    undo: "UPDATE order_lines SET quantity = quantity + 1 WHERE order_id = '$order'",
  },
  {
    check: 'INV-6',
    what: 'a card came from nowhere',
    sql: 'UPDATE card_batches SET imported = imported - 1 WHERE sku_id = $sku',
    undo: 'UPDATE card_batches SET imported = imported + 1 WHERE sku_id = $sku',
  },
  {
    check: 'INV-7',
    what: 'an attempt received more than its evidence',
    sql: "UPDATE payments SET received_minor = received_minor + 1 WHERE order_id = '$order'",
    undo: "UPDATE payments SET received_minor = received_minor - 1 WHERE order_id = '$order'",
  },
  {
    check: 'INV-7',
    what: 'an order gave back more than its payments',
    sql: "UPDATE orders SET refunded_minor = refunded_minor + 1 WHERE id = '$refunded'",
    undo: "UPDATE orders SET refunded_minor = refunded_minor - 1 WHERE id = '$refunded'",
  },
  {
    check: 'INV-7',
    what: 'a payment goes back twice',
    sql: "INSERT INTO refunds (refund_no, order_id, payment_id, channel, trade_no, amount_minor, currency, status, mode, reason, requested_by, created_at) SELECT 'again', order_id, payment_id, channel, trade_no, amount_minor, currency, 'requested', mode, reason, requested_by, created_at FROM refunds WHERE order_id = '$refunded'",
    undo: "DELETE FROM refunds WHERE refund_no = 'again'",
  },
  {
    check: 'INV-9',
    what: 'a secret is in clear',
    sql: "UPDATE card_keys SET card_no = card_secret, card_secret = x'414243442d45464748' WHERE id = $free",
    undo: 'UPDATE card_keys SET card_secret = card_no WHERE id = $free',
  },
  {
    check: 'INV-9',
    what: 'a secret claims another key',
    sql: 'UPDATE card_keys SET key_id = key_id + 1 WHERE id = $free',
    undo: 'UPDATE card_keys SET key_id = key_id - 1 WHERE id = $free',
  },
  {
    check: 'INV-10',
    also: ['INV-1', 'INV-5'],
    what: 'a card was given to another order than the journal says',
    sql: "UPDATE card_issues SET order_id = '$second' WHERE card_id = $card",
    undo: "UPDATE card_issues SET order_id = '$order' WHERE card_id = $card",
  },
];

for (const dialect of dialects) {
  suite(`audit on ${dialect}`, () => {
    let shop: TradingShop;
    const names: Record<string, string | number> = {};
    const audit = () => auditAll({ ...shop.world, journalFolder: shop.world.journalFolder });
    const broken = async () => (await audit()).checks.filter((one) => !one.ok);
    const sql = (text: string) =>
      shop.database.transact('test.break', async (tx) => {
        const filled = text.replace(/\$(\w+)/g, (_, name: string) => String(names[name]));
        const { numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(filled));
        if (/^(UPDATE|INSERT|DELETE)/.test(filled))
          assert.ok((numAffectedRows ?? 0n) > 0n, `nothing changed: ${filled}`);
      });

    before(async () => {
      shop = await newTradingShop(dialect);
      const skuId = await shop.stockedSku(20);
      const manual = await shop.newSku('manual');
      const place = (quantity: number, sku = skuId) => shop.place([{ skuId: sku, quantity }]);
      const deps = { ...shop.world, region: 'A0', mailEnabled: false };
      const [order, second, unpaid, odd, refunded, decided, expired, byHand] = [
        await place(2),
        await place(1),
        await place(1),
        await place(1),
        await place(1),
        await place(1),
        await place(1),
        await place(1, manual),
      ] as [Order, Order, Order, Order, Order, Order, Order, Order];
      for (const one of [order, second, refunded, byHand]) await shop.pay(one);
      await shop.pay(order);
      await shop.pay(second, { tradeNo: 'twice' });
      await shop.pay(odd, { amountMinor: 1 });
      await shop.pay(odd, { tradeNo: 'stray', outTradeNo: `A0${'Z'.repeat(26)}01` });
      await completeOrder(deps, { orderId: decided.id, actor: 'owner:test', reason: 'paid in cash' });
      const refund = {
        orderId: refunded.id,
        amountMinor: undefined,
        mode: 'channel' as const,
        reason: 'r',
        actor: 'owner:test',
      };
      await requestRefund(shop.world, refund);
      const owed = await shop.database.read.selectFrom('refunds').selectAll().execute();
      for (const one of owed.filter((each) => each.order_id === refunded.id))
        await sendRefund(shop.world, one.refund_no);
      await endOrders(shop.world, { orderIds: [expired.id], to: 'cancelled' });
      shop.clock.advance(60_000);
      const cards = await shop.database.read
        .selectFrom('card_keys')
        .select(['id', 'status', 'order_id'])
        .where('sku_id', '=', skuId)
        .execute();
      Object.assign(names, {
        order: order.id,
        second: second.id,
        unpaid: unpaid.id,
        odd: odd.id,
        refunded: refunded.id,
        manual: byHand.id,
        sku: skuId,
        twice: `${second.id}01`,
        surplus: owed.find((one) => one.order_id === second.id)?.refund_no,
        card: cards.find((card) => card.order_id === order.id)?.id,
        free: cards.find((card) => card.status === 0)?.id,
      });
    });
    after(() => shop.close());

    test('a shop that has seen everything is sound', async () => {
      const report = await audit();
      assert.deepEqual(
        report.checks.filter((one) => !one.ok),
        [],
      );
      assert.ok(report.ok);
      assert.deepEqual(
        report.checks.map((one) => one.id),
        checks.map((one) => one.id),
      );
    });

    for (const { check, also, what, sql: text, undo } of breaks) {
      test(`${check}: ${what}`, async () => {
        await sql(text);
        const found = await broken();
        await sql(undo);
        assert.deepEqual(
          found.map((one) => one.id),
          [...(also ?? []), check].sort((a, b) => Number(a.slice(4)) - Number(b.slice(4))),
        );
        for (const one of found) assert.ok(one.found > 0 && one.sample.length > 0 && one.sample.length <= 10);
        assert.deepEqual(await broken(), []);
      });
    }

    test('tables without their keys: the same card issued twice, the same payment on record twice', async () => {
      for (const [table, check] of [
        ['card_issues', 'INV-1'],
        ['payment_evidence', 'INV-5'],
      ] as const) {
        await sql(`ALTER TABLE ${table} RENAME TO kept_${table}`);
        await sql(`CREATE TABLE ${table} AS SELECT * FROM kept_${table}`);
        await sql(`INSERT INTO ${table} SELECT * FROM kept_${table} WHERE order_id = '$order'`);
        const found = (await broken()).map((one) => one.id);
        await sql(`DROP TABLE ${table}`);
        await sql(`ALTER TABLE kept_${table} RENAME TO ${table}`);
        assert.ok(found.includes(check), `${check} is silent; ${found} speak`);
      }
      assert.deepEqual(await broken(), []);
    });

    test('INV-10: an issue that the journal lacks, a record that the database lacks, a record changed afterwards', async () => {
      const record = { cardId: Number(names.free), orderId: String(names.unpaid), at: shop.clock.now() };
      await sql(
        `INSERT INTO card_issues (card_id, order_id, line_no, sku_id, issued_at) VALUES ($free, '$unpaid', 1, $sku, 5)`,
      );
      const unrecorded = (await broken()).find((one) => one.id === 'INV-10');
      assert.match(unrecorded?.sample.join() ?? '', /not in the journal/);
      await sql('DELETE FROM card_issues WHERE card_id = $free');

      await shop.world.journal.append([record]);
      const lost = await broken();
      assert.deepEqual(
        lost.map((one) => [one.id, one.found]),
        [['INV-10', 1]],
      );
      assert.match(lost[0]?.sample[0] ?? '', /for-sale/);
      await runScan(shop.world, 'journal-against-database');
      assert.deepEqual(await broken(), []);

      const folder = shop.world.journalFolder;
      const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) as string);
      const whole = readFileSync(file);
      appendFileSync(file, '{"cardId":1}\n');
      assert.deepEqual(
        (await broken()).map((one) => one.id),
        ['INV-10'],
      );
      writeFileSync(file, whole);
    });

    test('INV-3: an order that the journal served and the database forgot, until a person has settled it', async () => {
      await shop.world.journal.append([{ cardId: 888_888_888, orderId: 'A0FORGOTTEN', at: shop.clock.now() }]);
      assert.deepEqual(
        (await broken()).map((one) => one.id),
        ['INV-3', 'INV-10'],
      );
      await runScan(shop.world, 'journal-against-database');
      assert.deepEqual(
        (await broken()).map((one) => one.id),
        ['INV-3', 'INV-10'],
      );
      await sql("UPDATE review_cases SET status = 'resolved', resolution = 'close' WHERE order_id = 'A0FORGOTTEN'");
      assert.deepEqual(await broken(), []);
    });
  });
}
