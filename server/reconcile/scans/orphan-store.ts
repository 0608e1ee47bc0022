/** Cards that are reserved for an order which no longer needs them. */
import { CompiledQuery } from 'kysely';
import { cardStatus } from '../../../contract/states.ts';
import type { Db } from '../../platform/db/database.ts';

/**
 * Ids of orders that hold locked cards but neither wait for money nor for a person, or do not exist. Goes through
 * (sku, region, status) of the card index by way of the batches, never through all cards.
 */
export async function ordersWithOrphans(db: Db, limit: number): Promise<string[]> {
  const text = `SELECT DISTINCT k.order_id AS id
    FROM (SELECT DISTINCT sku_id, region FROM card_batches) b
    JOIN card_keys k ON k.sku_id = b.sku_id AND k.region = b.region AND k.status = ${cardStatus.locked}
    LEFT JOIN orders o ON o.id = k.order_id
    WHERE k.order_id IS NOT NULL AND (o.id IS NULL OR o.status NOT IN ('pending', 'review')) LIMIT ?`;
  const { rows } = await db.executeQuery<{ id: string }>(CompiledQuery.raw(text, [limit]));
  return rows.map((row) => row.id);
}
