/** Bad cards and what took their place: `card_replacements`, and the cards of an order as the desk sees them. */
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import { insertRows, selectIn, updateIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { statusName } from './stock-store.ts';

export interface OrderCard {
  cardId: number;
  orderId: string;
  lineNo: number;
  skuId: number;
  batchId: number;
  status: CardStatusName;
  issuedAt: number;
  offReason: string | null;
  /** The card that took its place, who saw to it, and in which request, to know one's own again. */
  replaced: { newCardId: number; actor: string; at: number; requestId: string | null } | null;
}

interface Row {
  card_id: number;
  order_id: string;
  line_no: number;
  sku_id: number;
  batch_id: number;
  status: number;
  issued_at: number;
  off_reason: string | null;
  new_card_id: number | null;
  actor: string;
  at: number;
  request_id: string | null;
}

const select = `SELECT i.card_id, i.order_id, i.line_no, i.sku_id, k.batch_id, k.status, i.issued_at, k.off_reason,
    r.new_card_id, r.actor, r.at, r.request_id
  FROM card_issues i JOIN card_keys k ON k.id = i.card_id LEFT JOIN card_replacements r ON r.card_id = i.card_id`;

function orderCard(row: Row): OrderCard {
  return {
    cardId: row.card_id,
    orderId: row.order_id,
    lineNo: row.line_no,
    skuId: row.sku_id,
    batchId: row.batch_id,
    status: statusName(row.status),
    issuedAt: row.issued_at,
    offReason: row.off_reason,
    replaced:
      row.new_card_id === null
        ? null
        : { newCardId: row.new_card_id, actor: row.actor, at: row.at, requestId: row.request_id },
  };
}

/** The first cards of an order, by id. */
export async function cardsOfOrder(db: Db | Tx, orderId: string, limit: number): Promise<OrderCard[]> {
  const tail = ` ORDER BY i.card_id LIMIT ${Math.trunc(limit)}`;
  return (await selectIn<Row>(db, `${select} WHERE i.order_id IN (?)`, [orderId], { tail })).map(orderCard);
}

/** Those of the cards that were ever issued. The orders they belong to are locked by the caller. */
export async function issuedOrderCards(tx: Tx, cardIds: readonly number[]): Promise<Map<number, OrderCard>> {
  const rows = await selectIn<Row>(tx, `${select} WHERE i.card_id IN (?)`, cardIds);
  return new Map(rows.map((row) => [row.card_id, orderCard(row)]));
}

export async function replacementsOfOrder(tx: Tx, orderId: string): Promise<number> {
  const row = await tx
    .selectFrom('card_replacements')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export interface Replacement {
  cardId: number;
  newCardId: number;
  orderId: string;
  lineNo: number;
}

export async function insertReplacements(
  tx: Tx,
  replacements: readonly Replacement[],
  by: { actor: string; requestId: string | null; reason: string; at: number },
): Promise<void> {
  await insertRows(
    tx,
    'card_replacements',
    replacements.map(({ cardId, newCardId, orderId, lineNo }) => ({
      card_id: cardId,
      new_card_id: newCardId,
      order_id: orderId,
      line_no: lineNo,
      reason: by.reason.slice(0, 300),
      actor: by.actor.slice(0, 120),
      request_id: by.requestId,
      at: by.at,
    })),
  );
}

/** sold -> withdrawn: the buyer has it, so it never comes back, and keeps the order it was sold to. @returns rows changed */
export function withdrawBad(tx: Tx, cardIds: readonly number[], off: { reason: string; at: number }): Promise<number> {
  return updateIn(tx, 'card_keys', 'id', cardIds, {
    set: `status = ${cardStatus.withdrawn}, off_reason = ?, off_at = ?, version = version + 1`,
    params: [off.reason.slice(0, 300), off.at],
    where: `status = ${cardStatus.sold}`,
  });
}

/** Sold cards of an import that were not replaced, with their orders, by card id. */
export async function soldOfBatch(
  db: Db,
  batch: { id: number; skuId: number; region: string },
  afterId: number,
  limit: number,
): Promise<{ cardId: number; orderId: string }[]> {
  const rows = await db
    .selectFrom('card_keys')
    .innerJoin('card_issues', 'card_issues.card_id', 'card_keys.id')
    .select(['card_keys.id', 'card_issues.order_id'])
    .where('card_keys.sku_id', '=', batch.skuId)
    .where('card_keys.region', '=', batch.region)
    .where('card_keys.status', '=', cardStatus.sold)
    .where('card_keys.batch_id', '=', batch.id)
    .where('card_keys.id', '>', afterId)
    .orderBy('card_keys.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ cardId: row.id, orderId: row.order_id }));
}
