/** Which cards an order has been issued, as the issue journal records them. */
import { selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { IssueRecord } from '../platform/journal/issue-journal.ts';

export async function issuesOnRecord(db: Db | Tx, orderIds: readonly string[]): Promise<IssueRecord[]> {
  const rows = await selectIn<{ card_id: number; order_id: string; issued_at: number; card_no_hash: string }>(
    db,
    'SELECT i.card_id, i.order_id, i.issued_at, k.card_no_hash FROM card_issues i JOIN card_keys k ON k.id = i.card_id WHERE i.order_id IN (?)',
    [...new Set(orderIds)],
  );
  return rows.map((row) => ({
    cardId: row.card_id,
    orderId: row.order_id,
    at: row.issued_at,
    cardHash: row.card_no_hash,
  }));
}
