/** What the database says about the cards of journal records, and which issues it has of a span of time. */
import { selectIn } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';

/** Card id -> the order it is issued to. */
export async function issuesOfCards(db: Db | Tx, cardIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await selectIn<{ card_id: number; order_id: string }>(
    db,
    'SELECT card_id, order_id FROM card_issues WHERE card_id IN (?)',
    cardIds,
  );
  return new Map(rows.map((row) => [row.card_id, row.order_id]));
}

/** Card id -> status. */
export async function statusesOfCards(db: Db | Tx, cardIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await selectIn<{ id: number; status: number }>(
    db,
    'SELECT id, status FROM card_keys WHERE id IN (?)',
    cardIds,
  );
  return new Map(rows.map((row) => [row.id, row.status]));
}

/** A page of the issues of a span, by time and card. Two ranges instead of one OR, so that each walks the index. */
export async function issuesBetween(
  db: Db,
  after: { at: number; cardId: number },
  beforeMs: number,
  limit: number,
): Promise<IssueRecord[]> {
  const columns = ['card_id', 'order_id', 'issued_at'] as const;
  const same = await db
    .selectFrom('card_issues')
    .select(columns)
    .where('issued_at', '=', after.at)
    .where('card_id', '>', after.cardId)
    .orderBy('card_id')
    .limit(limit)
    .execute();
  const later = await db
    .selectFrom('card_issues')
    .select(columns)
    .where('issued_at', '>', after.at)
    .where('issued_at', '<', beforeMs)
    .orderBy('issued_at')
    .orderBy('card_id')
    .limit(limit - same.length)
    .execute();
  return [...same, ...later].map((row) => ({ cardId: row.card_id, orderId: row.order_id, at: row.issued_at }));
}

/** A page of all issues, by card. */
export async function issuesByCard(db: Db, afterCardId: number, limit: number): Promise<IssueRecord[]> {
  const rows = await db
    .selectFrom('card_issues')
    .select(['card_id', 'order_id', 'issued_at'])
    .where('card_id', '>', afterCardId)
    .orderBy('card_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ cardId: row.card_id, orderId: row.order_id, at: row.issued_at }));
}

/** The records with the hashes of their cards. */
export async function withHashes(db: Db | Tx, records: readonly IssueRecord[]): Promise<IssueRecord[]> {
  const rows = await selectIn<{ id: number; card_no_hash: string }>(
    db,
    'SELECT id, card_no_hash FROM card_keys WHERE id IN (?)',
    records.map((record) => record.cardId),
  );
  const hashes = new Map(rows.map((row) => [row.id, row.card_no_hash]));
  return records.map((record) => ({ ...record, cardHash: hashes.get(record.cardId) }));
}

/** Those of the orders that the database has. */
export async function knownOrders(db: Db | Tx, orderIds: readonly string[]): Promise<Set<string>> {
  const rows = await selectIn<{ id: string }>(db, 'SELECT id FROM orders WHERE id IN (?)', orderIds);
  return new Set(rows.map((row) => row.id));
}

/** Those of the orders whose lost issues a person has dealt with. */
export async function settledLosses(db: Db | Tx, orderIds: readonly string[]): Promise<Set<string>> {
  const rows = await selectIn<{ order_id: string }>(
    db,
    'SELECT order_id FROM review_cases WHERE order_id IN (?)',
    orderIds,
    { tail: " AND kind = 'journal_mismatch' AND status = 'resolved'" },
  );
  return new Set(rows.map((row) => row.order_id));
}
