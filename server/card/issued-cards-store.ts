/** Which cards an order has been issued, as the issue journal records them. */
import { selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { IssueRecord } from '../platform/journal/issue-journal.ts';

export async function issuesOnRecord(db: Db | Tx, orderIds: readonly string[]): Promise<IssueRecord[]> {
  const rows = await selectIn<{ card_id: number; order_id: string; issued_at: number }>(
    db,
    'SELECT card_id, order_id, issued_at FROM card_issues WHERE order_id IN (?)',
    [...new Set(orderIds)],
  );
  return rows.map((row) => ({ cardId: row.card_id, orderId: row.order_id, at: row.issued_at }));
}
