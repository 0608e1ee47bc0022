/** What waits for each target, the messages made of it, and how their sending went (which the outbox row knows). */
import type { Severity } from '../../../contract/notices.ts';
import { insertRows } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { ComposedNotice } from './compose-notice.ts';

export interface WaitingRow {
  targetId: number;
  eventId: number;
  severity: Severity;
}

export async function insertWaiting(tx: Tx, rows: readonly WaitingRow[]): Promise<void> {
  const values = rows.map((row) => ({ target_id: row.targetId, event_id: row.eventId, severity: row.severity }));
  await insertRows(tx, 'notice_waiting', values, { onConflict: 'ignore' });
}

/** Targets for which something waits. */
export async function waitingTargets(db: Db | Tx): Promise<number[]> {
  const rows = await db
    .selectFrom('notice_waiting')
    .select('target_id')
    .distinct()
    .where('delivery_id', 'is', null)
    .execute();
  return rows.map((row) => row.target_id);
}

export async function waitingEvents(
  tx: Tx,
  targetId: number,
  sendable: readonly Severity[],
  limit: number,
): Promise<number[]> {
  if (sendable.length === 0) return [];
  const rows = await tx
    .selectFrom('notice_waiting')
    .select('event_id')
    .where('target_id', '=', targetId)
    .where('delivery_id', 'is', null)
    .where('severity', 'in', sendable)
    .orderBy('event_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.event_id);
}

/** When the last messages to a target were made, newest first. */
export async function recentDeliveries(tx: Tx, targetId: number, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('notice_deliveries')
    .select('created_at')
    .where('target_id', '=', targetId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.created_at);
}

/** @returns its number; the outbox message is called outboxIdOf(number) */
export async function insertDelivery(
  tx: Tx,
  targetId: number,
  eventIds: readonly number[],
  notice: ComposedNotice,
  nowMs: number,
): Promise<number> {
  const row = {
    target_id: targetId,
    severity: notice.severity,
    event_count: eventIds.length,
    message: JSON.stringify(notice),
    created_at: nowMs,
  };
  const { insertId } = await tx.insertInto('notice_deliveries').values(row).executeTakeFirstOrThrow();
  const id = Number(insertId);
  await tx
    .updateTable('notice_waiting')
    .set({ delivery_id: id })
    .where('target_id', '=', targetId)
    .where('event_id', 'in', eventIds)
    .where('delivery_id', 'is', null)
    .execute();
  return id;
}

export const outboxIdOf = (deliveryId: number): string => `notice:${deliveryId}`;
export const deliveryIdOf = (outboxId: string): number => Number(outboxId.split(':')[1]);

export interface StoredDelivery {
  id: number;
  targetId: number;
  notice: ComposedNotice;
  createdAt: number;
}

export async function readDelivery(db: Db, id: number): Promise<StoredDelivery | undefined> {
  const row = await db.selectFrom('notice_deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  return row && storedOf(row);
}

export async function noteAnswer(tx: Tx, id: number, answer: string): Promise<void> {
  await tx
    .updateTable('notice_deliveries')
    .set({ answer: answer.slice(0, 300) })
    .where('id', '=', id)
    .execute();
}

export interface LoggedDelivery extends StoredDelivery {
  eventCount: number;
  answer: string | null;
}

/** Newest first. `ids`: of these alone. */
export async function listDeliveries(
  db: Db,
  filter: { before?: number | undefined; targetId?: number | undefined; ids?: readonly number[]; limit: number },
): Promise<LoggedDelivery[]> {
  const { before, targetId, ids, limit } = filter;
  if (ids?.length === 0) return [];
  const rows = await db
    .selectFrom('notice_deliveries')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .$if(targetId !== undefined, (query) => query.where('target_id', '=', targetId as number))
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids as number[]))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...storedOf(row), eventCount: row.event_count, answer: row.answer }));
}

function storedOf(row: { id: number; target_id: number; message: string; created_at: number }): StoredDelivery {
  const notice = JSON.parse(row.message) as ComposedNotice;
  return { id: row.id, targetId: row.target_id, notice, createdAt: row.created_at };
}

/** Messages that are older, with their events; in the outbox they stay as long as any. */
export async function forgetDeliveries(tx: Tx, beforeMs: number, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('notice_deliveries')
    .select(['id', 'created_at'])
    .orderBy('id')
    .limit(limit)
    .execute();
  const ids = rows.filter((row) => row.created_at < beforeMs).map((row) => row.id);
  if (ids.length === 0) return 0;
  await tx.deleteFrom('notice_waiting').where('delivery_id', 'in', ids).execute();
  const gone = await tx.deleteFrom('notice_deliveries').where('id', 'in', ids).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
