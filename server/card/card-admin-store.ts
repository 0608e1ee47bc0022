/** What the admin sees of cards and does with them. Nothing here is ever decrypted. */
import { sql } from 'kysely';
import { type CardStatus, type CardStatusName, cardStatus } from '../../contract/states.ts';
import { selectIn, updateIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { cardIdsBefore } from './bin-store.ts';
import { statusName } from './stock-store.ts';

/** A card as the admin may see it: never its number or secret. */
export interface CardRow {
  id: number;
  skuId: number;
  region: string;
  status: CardStatusName;
  hasNumber: boolean;
  batchId: number;
  orderId: string | null;
  saleTime: number | null;
  /** Why and since when it is off the shelf; null for cards that are for sale. */
  offReason: string | null;
  offAt: number | null;
  /** The owner took it out of the shop when it was withdrawn. */
  exportedAt: number | null;
}

export interface CardFilter {
  skuId: number;
  region: string;
  batchId?: number | undefined;
  /** Cards with lower ids only. */
  before?: number | undefined;
  limit: number;
}

const columns = [
  'id',
  'sku_id',
  'region',
  'status',
  'batch_id',
  'order_id',
  'sale_time',
  'off_reason',
  'off_at',
  'exported_at',
] as const;

/** The newest cards of one status: a range of the index (sku_id, region, status, id). */
export async function cardsOfStatus(db: Db | Tx, status: CardStatus, filter: CardFilter): Promise<CardRow[]> {
  const { skuId, region, batchId, before = Number.MAX_SAFE_INTEGER, limit } = filter;
  const ids = await cardIdsBefore(db, { skuId, region, status, batchId }, before, limit);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('card_keys')
    .select(columns)
    .select((eb) => eb.case().when('card_no', 'is', null).then(0).else(1).end().as('has_number'))
    .where('id', 'in', ids)
    .execute();
  return rows.map(cardRow).sort((a, b) => b.id - a.id);
}

/**
 * The newest cards of one import, whatever their status: a range of the index (batch_id, id). The plus keeps SQLite, which
 * counts columns and not rows, away from the index that begins with the SKU.
 */
export async function cardsOfBatch(db: Db | Tx, filter: CardFilter & { batchId: number }): Promise<CardRow[]> {
  let query = db
    .selectFrom('card_keys')
    .select(columns)
    .select((eb) => eb.case().when('card_no', 'is', null).then(0).else(1).end().as('has_number'))
    .where('batch_id', '=', filter.batchId)
    .where(sql<boolean>`+sku_id = ${filter.skuId}`)
    .where(sql<boolean>`+region = ${filter.region}`);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  const rows = await query.orderBy('id', 'desc').limit(filter.limit).execute();
  return rows.map(cardRow);
}

export async function cardOfHash(db: Db | Tx, hash: string): Promise<CardRow | undefined> {
  const row = await db
    .selectFrom('card_keys')
    .select(columns)
    .select((eb) => eb.case().when('card_no', 'is', null).then(0).else(1).end().as('has_number'))
    .where('card_no_hash', '=', hash)
    .executeTakeFirst();
  return row && cardRow(row);
}

interface SelectedCard {
  id: number;
  sku_id: number;
  region: string;
  status: number;
  batch_id: number;
  order_id: string | null;
  sale_time: number | null;
  off_reason: string | null;
  off_at: number | null;
  exported_at: number | null;
  has_number: number;
}

function cardRow(row: SelectedCard): CardRow {
  return {
    id: row.id,
    skuId: row.sku_id,
    region: row.region,
    status: statusName(row.status),
    hasNumber: Number(row.has_number) === 1,
    batchId: row.batch_id,
    orderId: row.order_id,
    saleTime: row.sale_time,
    offReason: row.off_reason,
    offAt: row.off_at,
    exportedAt: row.exported_at,
  };
}

export interface CardState {
  id: number;
  sku_id: number;
  region: string;
  status: number;
  exported_at: number | null;
}

/** The cards as they are, locked until the transaction ends. */
export function lockCardStates(tx: Tx, cardIds: readonly number[]): Promise<CardState[]> {
  const text = 'SELECT id, sku_id, region, status, exported_at FROM card_keys WHERE id IN (?)';
  return selectIn<CardState>(tx, text, cardIds, { lock: true });
}

/** A page of the available cards of a batch. */
export async function availableOfBatch(
  db: Db | Tx,
  batch: { id: number; skuId: number; region: string },
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('card_keys')
    .select('id')
    .where('sku_id', '=', batch.skuId)
    .where('region', '=', batch.region)
    .where('status', '=', cardStatus.available)
    .where('batch_id', '=', batch.id)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export interface OffTheShelf {
  /** In a person's words, or one of our own: `journal_mismatch`, `refunded`. */
  reason: string;
  at: number;
}

/** Returns the rows changed, which the caller compares with the cards it meant. A card off the shelf belongs to no order. */
export function setCardStatus(
  tx: Tx,
  cardIds: readonly number[],
  from: readonly CardStatus[],
  to: CardStatus,
  off: OffTheShelf | null,
): Promise<number> {
  return updateIn(tx, 'card_keys', 'id', cardIds, {
    set: 'status = ?, off_reason = ?, off_at = ?, version = version + 1, order_id = NULL, sale_time = NULL',
    params: [to, off?.reason.slice(0, 300) ?? null, off?.at ?? null],
    where: `status IN (${from.join(', ')})`,
  });
}
