/** What the books hold of one order, with the times that its own pages do not need. Every read goes by an index. */
import { messagesNamed } from '../../delivery/outbox-store.ts';
import type { Db } from '../../platform/db/database.ts';

export interface OrderTimes {
  status: string;
  currency: string;
  totalMinor: number;
  createdAt: number;
  paidAt: number | null;
  deliveredAt: number | null;
  closedAt: number | null;
}

export async function orderTimes(db: Db, orderId: string): Promise<OrderTimes | undefined> {
  const row = await db
    .selectFrom('orders')
    .select(['status', 'currency', 'total_minor', 'created_at', 'paid_at', 'delivered_at', 'closed_at'])
    .where('id', '=', orderId)
    .executeTakeFirst();
  return (
    row && {
      status: row.status,
      currency: row.currency,
      totalMinor: row.total_minor,
      createdAt: row.created_at,
      paidAt: row.paid_at,
      deliveredAt: row.delivered_at,
      closedAt: row.closed_at,
    }
  );
}

export interface AttemptTimes {
  id: string;
  channel: string;
  status: string;
  amountMinor: number;
  currency: string;
  createdAt: number;
  updatedAt: number;
}

export async function attemptTimes(db: Db, orderId: string): Promise<AttemptTimes[]> {
  const rows = await db
    .selectFrom('payments')
    .select(['id', 'channel', 'status', 'amount_minor', 'currency', 'created_at', 'updated_at'])
    .where('order_id', '=', orderId)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    status: row.status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

export interface RefundTimes {
  refundNo: string;
  channel: string;
  status: string;
  amountMinor: number;
  currency: string;
  reason: string;
  requestedBy: string;
  lastError: string | null;
  createdAt: number;
  finishedAt: number | null;
}

export async function refundTimes(db: Db, orderId: string): Promise<RefundTimes[]> {
  const rows = await db.selectFrom('refunds').selectAll().where('order_id', '=', orderId).execute();
  return rows.map((row) => ({
    refundNo: row.refund_no,
    channel: row.channel,
    status: row.status,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    requestedBy: row.requested_by,
    lastError: row.last_error,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }));
}

export interface MailTimes {
  template: string;
  status: string;
  attempts: number;
  lastError: string | null;
  createdAt: number;
  doneAt: number | null;
}

/** A mail about an order is called `mail:<template>:<order>`, one that was sent again has something more behind it. */
export async function mailTimes(db: Db, orderId: string, templates: readonly string[]): Promise<MailTimes[]> {
  const rows = await messagesNamed(
    db,
    templates.map((template) => `mail:${template}:${orderId}`),
  );
  return rows.map((row) => ({
    template: row.id.split(':')[1] ?? '',
    status: row.status,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    doneAt: row.done_at,
  }));
}
