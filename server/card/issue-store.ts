/** What was handed to an order: card_issues with its cards, loop_issues with its loop cards, manual_deliveries. */
import type { Db, Tx } from '../platform/db/database.ts';

export interface IssuedCard {
  card_id: number;
  line_no: number;
  issued_at: number;
  card_no: Uint8Array | null;
  card_secret: Uint8Array;
  card_no_hash: string;
  /** What took its place when it was bad. */
  new_card_id: number | null;
}

/** A page of the exclusive cards of an order, by card id; those that another took the place of only when asked for. */
export function issuedCards(
  db: Db | Tx,
  orderId: string,
  afterCardId: number,
  limit: number,
  options: { replaced?: boolean } = {},
): Promise<IssuedCard[]> {
  let query = db
    .selectFrom('card_issues')
    .innerJoin('card_keys', 'card_keys.id', 'card_issues.card_id')
    .leftJoin('card_replacements as r', 'r.card_id', 'card_issues.card_id')
    .select(['card_issues.card_id', 'card_issues.line_no', 'issued_at', 'card_no', 'card_secret', 'card_no_hash'])
    .select('r.new_card_id')
    .where('card_issues.order_id', '=', orderId)
    .where('card_issues.card_id', '>', afterCardId);
  if (!options.replaced) query = query.where('r.card_id', 'is', null);
  return query.orderBy('card_issues.card_id').limit(limit).execute();
}

export function issuedLoopCards(
  db: Db | Tx,
  orderId: string,
): Promise<{ line_no: number; sku_id: number; secret: Uint8Array }[]> {
  return db
    .selectFrom('loop_issues')
    .innerJoin('loop_cards', 'loop_cards.sku_id', 'loop_issues.sku_id')
    .select(['line_no', 'loop_issues.sku_id', 'secret'])
    .where('order_id', '=', orderId)
    .execute();
}

export function manualDeliveries(db: Db | Tx, orderId: string): Promise<{ line_no: number; content: Uint8Array }[]> {
  return db.selectFrom('manual_deliveries').select(['line_no', 'content']).where('order_id', '=', orderId).execute();
}

/** Which of these cards were ever issued. */
export async function everIssued(db: Db | Tx, cardIds: readonly number[]): Promise<Set<number>> {
  if (cardIds.length === 0) return new Set();
  const rows = await db.selectFrom('card_issues').select('card_id').where('card_id', 'in', cardIds).execute();
  return new Set(rows.map((row) => row.card_id));
}
