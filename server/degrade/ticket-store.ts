/** The `tickets` table: what became of orders that were recorded while the database was away. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export type SettledTicketStatus = 'placed' | 'refused' | 'review';

export interface SettledTicket {
  id: string;
  tokenHash: string;
  status: SettledTicketStatus;
  orderId: string | null;
  /** Code of the refusal. */
  problem: string | null;
  createdAt: number;
}

/** The last word counts: a ticket under review may be placed after all. A placed one stays placed. */
export async function putTicket(tx: Tx, ticket: SettledTicket, nowMs: number): Promise<void> {
  const { id, tokenHash, status, orderId, problem, createdAt } = ticket;
  const row = {
    id,
    token_hash: tokenHash,
    status,
    order_id: orderId,
    problem,
    created_at: createdAt,
    settled_at: nowMs,
  };
  if ((await insertRows(tx, 'tickets', [row], { onConflict: 'ignore' })) > 0) return;
  await tx
    .updateTable('tickets')
    .set({ status, order_id: orderId, problem, settled_at: nowMs })
    .where('id', '=', id)
    .where('status', '<>', 'placed')
    .execute();
}

export async function readTicket(db: Db, id: string): Promise<SettledTicket | undefined> {
  const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    tokenHash: row.token_hash,
    status: row.status as SettledTicketStatus,
    orderId: row.order_id,
    problem: row.problem,
    createdAt: row.created_at,
  };
}

export async function forgetOldTickets(tx: Tx, settledBefore: number): Promise<number> {
  const result = await tx.deleteFrom('tickets').where('settled_at', '<', settledBefore).executeTakeFirst();
  return Number(result.numDeletedRows);
}
