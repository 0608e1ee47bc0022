/** The way of a card through an order: picked from the shelf, locked for an order, sold or put back. */
import { cardStatus } from '../../contract/states.ts';
import { insertRows, isMysql, selectEach, selectIn, updateIn, updateRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';

export interface CardWish {
  skuId: number;
  count: number;
}

export interface LockedCard {
  id: number;
  order_id: string;
  sku_id: number;
  card_no_hash: string;
}

export interface CardIssue {
  cardId: number;
  orderId: string;
  lineNo: number;
  skuId: number;
  /** What the issue journal knows the card by. */
  cardHash?: string;
}

/**
 * The lowest free cards of each SKU, at most `count` of each; fewer when stock runs out. On MySQL their rows are locked,
 * and rows that another transaction holds are passed over; only when that leaves too few are they waited for, since
 * whoever holds them may be a key rotation or an order that comes to nothing.
 */
export async function pickCards(tx: Tx, region: string, wishes: readonly CardWish[]): Promise<Map<number, number[]>> {
  const picked = await pick(tx, region, wishes, true);
  const short = wishes.filter((wish) => (picked.get(wish.skuId)?.length ?? 0) < wish.count);
  if (short.length === 0 || !isMysql(tx)) return picked;
  // Our own locks do not hide rows from ourselves: this finds those of the first look again, and more if there are.
  for (const [skuId, ids] of await pick(tx, region, short, false)) picked.set(skuId, ids);
  return picked;
}

async function pick(
  tx: Tx,
  region: string,
  wishes: readonly CardWish[],
  skipLocked: boolean,
): Promise<Map<number, number[]>> {
  const rows = await selectEach<{ id: number; sku_id: number }>(
    tx,
    `SELECT id, sku_id FROM card_keys WHERE sku_id = ? AND region = ? AND status = ${cardStatus.available} ORDER BY id LIMIT ?`,
    wishes.map((wish) => [wish.skuId, region, wish.count]),
    { lock: skipLocked ? 'skip-locked' : 'wait' },
  );
  const picked = new Map<number, number[]>();
  for (const row of rows) {
    const ids = picked.get(row.sku_id);
    if (ids) ids.push(row.id);
    else picked.set(row.sku_id, [row.id]);
  }
  return picked;
}

/** available -> locked, each for its order. */
export async function lockCards(tx: Tx, cards: readonly { cardId: number; orderId: string }[]): Promise<void> {
  const locked = await updateRows(
    tx,
    'card_keys',
    'id',
    cards.map((card) => ({ id: card.cardId, order_id: card.orderId })),
    { set: `status = ${cardStatus.locked}, version = version + 1`, where: `status = ${cardStatus.available}` },
  );
  if (locked !== cards.length) throw new RowsChanged(`locked ${locked} of ${cards.length} cards`);
}

/** By card id. Sorted here: for an ORDER BY id the optimizer of MariaDB would rather read the whole table by its key. */
export async function lockedCardsOf(db: Db | Tx, orderIds: readonly string[]): Promise<LockedCard[]> {
  const rows = await selectIn<LockedCard>(
    db,
    'SELECT id, order_id, sku_id, card_no_hash FROM card_keys WHERE order_id IN (?)',
    orderIds,
    { tail: ` AND status = ${cardStatus.locked}` },
  );
  return rows.sort((a, b) => a.id - b.id);
}

/** locked -> available, for cards read by `lockedCardsOf` in the same transaction. */
export async function releaseCards(tx: Tx, cards: readonly LockedCard[]): Promise<void> {
  const released = await updateIn(
    tx,
    'card_keys',
    'id',
    cards.map((card) => card.id),
    {
      set: `status = ${cardStatus.available}, order_id = NULL, version = version + 1`,
      where: `status = ${cardStatus.locked}`,
    },
  );
  if (released !== cards.length) throw new RowsChanged(`released ${released} of ${cards.length} cards`);
}

/**
 * locked -> sold, with the issue on record. The primary key of card_issues makes a second issue of a card impossible
 * (INV-1), whatever else goes wrong.
 */
export async function issueCards(tx: Tx, issues: readonly CardIssue[], nowMs: number): Promise<void> {
  if (issues.length === 0) return;
  const sold = await updateIn(
    tx,
    'card_keys',
    'id',
    issues.map((issue) => issue.cardId),
    {
      set: `status = ${cardStatus.sold}, sale_time = ?, version = version + 1`,
      params: [nowMs],
      where: `status = ${cardStatus.locked}`,
    },
  );
  if (sold !== issues.length) throw new RowsChanged(`sold ${sold} of ${issues.length} cards`);
  await insertRows(
    tx,
    'card_issues',
    issues.map((issue) => ({
      card_id: issue.cardId,
      order_id: issue.orderId,
      line_no: issue.lineNo,
      sku_id: issue.skuId,
      issued_at: nowMs,
    })),
  );
}

/** Notes the hash of each card that was taken from the shelf only now; reserved ones brought theirs. */
export async function nameCards(tx: Tx, issues: readonly CardIssue[]): Promise<void> {
  const nameless = issues.filter((issue) => issue.cardHash === undefined);
  if (nameless.length === 0) return;
  const rows = await selectIn<{ id: number; card_no_hash: string }>(
    tx,
    'SELECT id, card_no_hash FROM card_keys WHERE id IN (?)',
    nameless.map((issue) => issue.cardId),
  );
  const hashes = new Map(rows.map((row) => [row.id, row.card_no_hash]));
  for (const issue of nameless) {
    const hash = hashes.get(issue.cardId);
    if (hash !== undefined) issue.cardHash = hash;
  }
}

/** Every buyer of a loop SKU gets the same secret; what is on record is that this line has been served. */
export async function issueLoopCards(
  tx: Tx,
  lines: readonly { orderId: string; lineNo: number; skuId: number; quantity: number }[],
  nowMs: number,
): Promise<void> {
  await insertRows(
    tx,
    'loop_issues',
    lines.map((line) => ({
      order_id: line.orderId,
      line_no: line.lineNo,
      sku_id: line.skuId,
      quantity: line.quantity,
      issued_at: nowMs,
    })),
  );
}

/** sold -> withdrawn: cards of a refunded order are never sold again. */
export function withdrawSoldCards(tx: Tx, orderIds: readonly string[], nowMs: number): Promise<number> {
  return updateIn(tx, 'card_keys', 'order_id', orderIds, {
    set: `status = ${cardStatus.withdrawn}, off_reason = 'refunded', off_at = ?, version = version + 1`,
    params: [nowMs],
    where: `status = ${cardStatus.sold}`,
  });
}
