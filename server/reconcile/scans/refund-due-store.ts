import { CompiledQuery } from 'kysely';
import type { Db } from '../../platform/db/database.ts';

/** Refunds that are owed while no message waits to send them. */
export async function unsentRefunds(db: Db, nowMs: number, limit: number): Promise<string[]> {
  // A refund tried again by a person has a message of its own: refund:<number>:<case>. `;` is what follows `:`.
  const text = `SELECT r.refund_no AS no FROM refunds r WHERE r.next_attempt_at <= ? AND r.status = 'requested'
    AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.status = 'pending' AND (m.id = CONCAT('refund:', r.refund_no)
      OR (m.id > CONCAT('refund:', r.refund_no, ':') AND m.id < CONCAT('refund:', r.refund_no, ';')))) LIMIT ?`;
  const { rows } = await db.executeQuery<{ no: string }>(CompiledQuery.raw(text, [nowMs, limit]));
  return rows.map((row) => row.no);
}
