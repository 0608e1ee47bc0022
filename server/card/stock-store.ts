/** Counting the cards of card_keys. Every statement here reads only the index (sku_id, region, status, id). */
import { type CardStatus, type CardStatusName, cardStatus } from '../../contract/states.ts';
import type { Db, Tx } from '../platform/db/database.ts';

/** Cards for sale, by SKU. A SKU without any is missing. */
export async function countAvailable(
  db: Db | Tx,
  region: string,
  skuIds: readonly number[],
): Promise<Map<number, number>> {
  if (skuIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('card_keys')
    .select(['sku_id', (eb) => eb.fn.countAll<number>().as('cards')])
    .where('sku_id', 'in', skuIds)
    .where('region', '=', region)
    .where('status', '=', cardStatus.available)
    .groupBy('sku_id')
    .execute();
  return new Map(rows.map((row) => [row.sku_id, Number(row.cards)]));
}

export interface StockRow {
  skuId: number;
  region: string;
  counts: Record<CardStatusName, number>;
}

/** Exact counts by status for each SKU and region that has cards; all SKUs when none are named. */
export async function countByStatus(db: Db | Tx, skuIds?: readonly number[]): Promise<StockRow[]> {
  if (skuIds?.length === 0) return [];
  const rows = await db
    .selectFrom('card_keys')
    .select(['sku_id', 'region', 'status', (eb) => eb.fn.countAll<number>().as('cards')])
    .$if(skuIds !== undefined, (query) => query.where('sku_id', 'in', skuIds as number[]))
    .groupBy(['sku_id', 'region', 'status'])
    .orderBy('sku_id')
    .orderBy('region')
    .execute();
  const stock = new Map<string, StockRow>();
  for (const { sku_id, region, status, cards } of rows) {
    const key = `${sku_id}/${region}`;
    const row = stock.get(key) ?? { skuId: sku_id, region, counts: noCards() };
    row.counts[statusName(status)] = Number(cards);
    stock.set(key, row);
  }
  return [...stock.values()];
}

const statusNames = new Map(Object.entries(cardStatus).map(([name, value]) => [value, name as CardStatusName]));

export function statusName(status: number): CardStatusName {
  const name = statusNames.get(status as CardStatus);
  if (!name) throw new Error(`card_keys.status ${status} has no name`);
  return name;
}

export function noCards(): Record<CardStatusName, number> {
  return { available: 0, sold: 0, locked: 0, quarantined: 0, withdrawn: 0, inTransfer: 0 };
}
