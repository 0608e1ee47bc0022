/** One database node, read whole, past all routing: what it would serve if it were the only one left. */
import { createConnection } from 'mysql2/promise';
import type { NodeDump } from './evidence.ts';

/** Rows with their columns in order. */
export type Ask = (sql: string) => Promise<unknown[][]>;

/** They change while nothing is sold: who leads, who was seen. */
const restless = new Set(['leases', 'sessions']);

const withinMs = 60_000;

/** @param url of this node alone */
export async function dumpMysqlNode(name: string, url: string, { galera = true } = {}): Promise<NodeDump> {
  const connection = await createConnection({
    uri: url,
    rowsAsArray: true,
    supportBigNumbers: true,
    connectTimeout: 5000,
  });
  const ask: Ask = async (sql) => {
    const [rows] = await connection.query({ sql, timeout: withinMs });
    return rows as unknown[][];
  };
  try {
    // A node answers once it has applied what the others had committed.
    if (galera) await connection.query('SET SESSION wsrep_sync_wait = 15');
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
    const dump = await dumpNode(name, ask);
    await connection.query('COMMIT');
    const tables = (await ask('SHOW TABLES')).map(([table]) => String(table)).filter((table) => !restless.has(table));
    for (const [table, sum] of await ask(`CHECKSUM TABLE ${tables.join(', ')}`))
      dump.checksums[nameOf(table)] = String(sum);
    return dump;
  } finally {
    connection.destroy();
  }
}

/** MySQL says `database.table`. */
const nameOf = (table: unknown): string => String(table).replace(/^.*\./, '');

const text = (value: unknown): string | null => (value === null ? null : String(value));

/** @param ask statements that both databases know */
export async function dumpNode(name: string, ask: Ask): Promise<NodeDump> {
  const wanted = new Map(
    (await ask(`SELECT order_id, SUM(quantity) FROM order_lines WHERE delivery = 'cards' GROUP BY order_id`)).map(
      ([id, sum]) => [String(id), Number(sum)],
    ),
  );
  const orders = await ask(
    'SELECT id, status, contact, currency, total_minor, received_minor, refunded_minor FROM orders',
  );
  const cards = await ask('SELECT id, sku_id, status, order_id FROM card_keys');
  const issues = await ask('SELECT card_id, order_id FROM card_issues');
  const payments = await ask('SELECT id, order_id, channel, currency, received_minor, refunded_minor FROM payments');
  const proofs = await ask(
    'SELECT channel, trade_no, payment_id, order_id, amount_minor, currency FROM payment_evidence',
  );
  const byHand = await ask(`SELECT order_id FROM audit_log WHERE action = 'order.complete'`);
  const refunds = await ask('SELECT refund_no, payment_id, amount_minor, status FROM refunds');
  const cases = await ask(`SELECT kind, order_id FROM review_cases WHERE status = 'open'`);
  const [imported] = await ask('SELECT COALESCE(SUM(imported), 0) FROM card_batches');
  const due = await ask(`SELECT topic FROM outbox WHERE status = 'pending' AND attempts = 0`);
  return {
    name,
    orders: orders.map(([id, status, contact, currency, total, received, refunded]) => ({
      id: String(id),
      status: String(status),
      contact: String(contact),
      currency: String(currency),
      totalMinor: Number(total),
      receivedMinor: Number(received),
      refundedMinor: Number(refunded),
      wantedCards: wanted.get(String(id)) ?? 0,
    })),
    cards: cards.map(([id, sku, status, order]) => ({
      id: Number(id),
      skuId: Number(sku),
      status: Number(status),
      orderId: text(order),
    })),
    issues: issues.map(([card, order]) => ({ cardId: Number(card), orderId: String(order) })),
    payments: payments.map(([id, order, channel, currency, received, refunded]) => ({
      id: String(id),
      orderId: String(order),
      channel: String(channel),
      currency: String(currency),
      receivedMinor: Number(received),
      refundedMinor: Number(refunded),
    })),
    proofs: proofs.map(([channel, tradeNo, payment, order, amount, currency]) => ({
      channel: String(channel),
      tradeNo: String(tradeNo),
      paymentId: String(payment),
      orderId: text(order),
      amountMinor: Number(amount),
      currency: String(currency),
    })),
    completedByHand: byHand.map(([id]) => String(id)),
    refunds: refunds.map(([refundNo, payment, amount, status]) => ({
      refundNo: String(refundNo),
      paymentId: String(payment),
      amountMinor: Number(amount),
      status: String(status),
    })),
    openCases: cases.map(([kind, order]) => ({ kind: String(kind), orderId: text(order) })),
    imported: Number(imported?.[0] ?? 0),
    dueOutbox: due.map(([topic]) => String(topic)),
    checksums: {},
  };
}
