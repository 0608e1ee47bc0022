import { CompiledQuery } from 'kysely';
import type { Db } from '../../platform/db/database.ts';

/** Refunds that are owed while no message waits to send them. */
export async function unsentRefunds(db: Db, nowMs: number, limit: number): Promise<string[]> {
  const text = `SELECT r.refund_no AS no FROM refunds r LEFT JOIN outbox m ON m.id = CONCAT('refund:', r.refund_no)
    WHERE r.next_attempt_at <= ? AND r.status = 'requested' AND (m.id IS NULL OR m.status <> 'pending') LIMIT ?`;
  const { rows } = await db.executeQuery<{ no: string }>(CompiledQuery.raw(text, [nowMs, limit]));
  return rows.map((row) => row.no);
}
