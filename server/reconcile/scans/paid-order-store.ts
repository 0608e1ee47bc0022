/** Paid orders and what of them is still outstanding. */
import { CompiledQuery } from 'kysely';
import { selectIn } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';

export interface Outstanding {
  id: string;
  /** Cards and loop lines that the payment should have delivered at once. */
  automatic: number;
  /** Lines that a person, or a program of the owner, delivers. */
  manual: number;
}

const columns = `o.id AS id,
  SUM(CASE l.delivery
    WHEN 'cards' THEN l.quantity - (SELECT COUNT(*) FROM card_issues i WHERE i.order_id = l.order_id AND i.line_no = l.line_no)
    WHEN 'loop' THEN 1 - (SELECT COUNT(*) FROM loop_issues p WHERE p.order_id = l.order_id AND p.line_no = l.line_no)
    ELSE 0 END) AS automatic,
  SUM(CASE l.delivery
    WHEN 'cards' THEN 0 WHEN 'loop' THEN 0
    ELSE 1 - (SELECT COUNT(*) FROM manual_deliveries m WHERE m.order_id = l.order_id AND m.line_no = l.line_no) END) AS manual`;

/** Paid before `beforeMs` and not as a paid order should be: something automatic is missing, or nothing at all. */
export async function oddPaidOrders(db: Db, beforeMs: number, limit: number): Promise<string[]> {
  const text = `SELECT ${columns} FROM orders o JOIN order_lines l ON l.order_id = o.id
    WHERE o.status = 'paid' AND o.paid_at < ? GROUP BY o.id HAVING automatic <> 0 OR manual = 0 LIMIT ?`;
  const { rows } = await db.executeQuery<{ id: string }>(CompiledQuery.raw(text, [beforeMs, limit]));
  return rows.map((row) => row.id);
}

export async function outstandingOf(tx: Tx, orderIds: readonly string[]): Promise<Outstanding[]> {
  const text = `SELECT ${columns} FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.id IN (?)`;
  const rows = await selectIn<Outstanding>(tx, text, orderIds, { tail: " AND o.status = 'paid' GROUP BY o.id" });
  return rows.map((row) => ({ id: row.id, automatic: Number(row.automatic), manual: Number(row.manual) }));
}
