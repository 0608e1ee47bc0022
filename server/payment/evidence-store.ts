/** Proof of money received: one row for each trade of each channel, kept as it came, never changed. */
import { insertRows, selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { VerifiedPayment } from './channel.ts';

export interface Evidence {
  channel: string;
  trade_no: string;
  payment_id: string;
  order_id: string | null;
  amount_minor: number;
  currency: string;
  merchant: string;
  source: string;
  outcome: string;
  paid_at: number | null;
  received_at: number;
}

const columns =
  'channel, trade_no, payment_id, order_id, amount_minor, currency, merchant, source, outcome, paid_at, ' +
  'received_at';

export function evidenceKey(channel: string, tradeNo: string): string {
  return `${channel}\n${tradeNo}`;
}

export async function findEvidence(
  db: Db | Tx,
  payments: readonly { channel: string; tradeNo: string }[],
): Promise<Map<string, Evidence>> {
  const numbers = [...new Set(payments.map((payment) => payment.tradeNo))];
  const channels = [...new Set(payments.map((payment) => payment.channel))];
  const found = new Map<string, Evidence>();
  for (const channel of channels) {
    const rows = await selectIn<Evidence>(
      db,
      `SELECT ${columns} FROM payment_evidence WHERE trade_no IN (?)`,
      numbers,
      { tail: ' AND channel = ?', params: [channel] },
    );
    for (const row of rows) found.set(evidenceKey(row.channel, row.trade_no), row);
  }
  return found;
}

/** The first trade of an attempt, for messages that do not name the trade. */
export async function evidenceByPayment(
  db: Db | Tx,
  channel: string,
  paymentId: string,
): Promise<Evidence | undefined> {
  return db
    .selectFrom('payment_evidence')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .where('channel', '=', channel)
    .orderBy('received_at')
    .executeTakeFirst();
}

export async function evidenceOfOrder(db: Db | Tx, orderId: string): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('payment_evidence')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('received_at')
    .execute();
  return rows;
}

/** A person has found out whose money it is. Only money that belonged to no order can be given one. */
export async function giveEvidenceOrder(
  tx: Tx,
  key: { channel: string; tradeNo: string },
  orderId: string,
  outcome: string,
): Promise<boolean> {
  const result = await tx
    .updateTable('payment_evidence')
    .set({ order_id: orderId, outcome })
    .where('channel', '=', key.channel)
    .where('trade_no', '=', key.tradeNo)
    .where('order_id', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function insertEvidence(
  tx: Tx,
  entries: readonly { payment: VerifiedPayment; orderId: string | null; outcome: string }[],
  nowMs: number,
): Promise<void> {
  const inserted = await insertRows(
    tx,
    'payment_evidence',
    entries.map(({ payment, orderId, outcome }) => ({
      channel: payment.channel,
      trade_no: payment.tradeNo,
      payment_id: payment.outTradeNo,
      order_id: orderId,
      amount_minor: payment.amountMinor,
      currency: payment.currency,
      merchant: payment.merchant,
      source: payment.source,
      outcome,
      raw: payment.raw,
      paid_at: payment.paidAt,
      received_at: nowMs,
    })),
    { onConflict: 'ignore' },
  );
  // Somebody else has taken in one of these trades since we looked: look again.
  if (inserted !== entries.length) throw new RowsChanged(`inserted ${inserted} of ${entries.length} evidence rows`);
}
