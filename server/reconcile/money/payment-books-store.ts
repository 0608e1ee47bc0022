/** What the books hold of one payment attempt, for the page of it. Every read goes by an index. */
import type { PaymentDetail, PaymentMessages } from '../../../contract/admin-money.ts';
import type { OrderStatus } from '../../../contract/states.ts';
import type { Db } from '../../platform/db/database.ts';
import { rowOf } from './payment-list-store.ts';

const maxMessages = 50;
const maxRaw = 20_000;

export async function readAttempt(db: Db, id: string): Promise<PaymentDetail['payment'] | undefined> {
  const row = await db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      ...rowOf(row),
      attemptNo: row.attempt_no,
      reference: row.reference,
      updatedAt: row.updated_at,
      nextQueryAt: row.next_query_at,
      queryCount: row.query_count,
    }
  );
}

export async function orderOf(db: Db, id: string): Promise<PaymentDetail['order'] | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(['id', 'status', 'total_minor', 'contact'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { id: row.id, status: row.status as OrderStatus, totalMinor: row.total_minor, contact: row.contact };
}

export async function evidenceOfPayment(db: Db, id: string): Promise<PaymentDetail['evidence']> {
  const rows = await proofs(db, id);
  return rows.map((row) => ({
    channel: row.channel,
    tradeNo: row.trade_no,
    paymentId: row.payment_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    merchant: row.merchant,
    source: row.source,
    outcome: row.outcome,
    receivedAt: row.received_at,
    paidAt: row.paid_at,
  }));
}

const proofs = (db: Db, id: string) =>
  db
    .selectFrom('payment_evidence')
    .selectAll()
    .where('payment_id', '=', id)
    .orderBy('received_at')
    .limit(maxMessages)
    .execute();

/** Messages as they came. Long ones are cut: no network of ours sends any, and a page has to show it. */
export async function messagesOfPayment(db: Db, id: string): Promise<PaymentMessages['messages']> {
  const others = await db
    .selectFrom('payment_messages')
    .selectAll()
    .where('payment_id', '=', id)
    .orderBy('id')
    .limit(maxMessages)
    .execute();
  const rows = [...(await proofs(db, id)).map((row) => ({ ...row, kind: 'proof' })), ...others];
  return rows
    .sort((a, b) => a.received_at - b.received_at)
    .map((row) => ({
      kind: row.kind,
      channel: row.channel,
      tradeNo: row.trade_no,
      receivedAt: row.received_at,
      raw: (row.raw ?? '').slice(0, maxRaw),
    }));
}

/** What bills say the channel kept of these trades; null when none has named any. */
export async function billedFee(db: Db, channel: string, tradeNos: readonly string[]): Promise<number | null> {
  if (tradeNos.length === 0) return null;
  const rows = await db
    .selectFrom('bill_rows')
    .select(['trade_no', 'fee_minor'])
    .where('trade_no', 'in', [...tradeNos])
    .where('channel', '=', channel)
    .where('type', '=', 'payment')
    .where('fee_minor', 'is not', null)
    .execute();
  if (rows.length === 0) return null;
  // A trade near midnight may stand on the bills of two days.
  const byTrade = new Map(rows.map((row) => [row.trade_no, Number(row.fee_minor)]));
  return [...byTrade.values()].reduce((sum, minor) => sum + minor, 0);
}
