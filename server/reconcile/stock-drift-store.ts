/**
 * INV-6: what was imported, moved and purged against what is there, per SKU and region. One statement, so an import under way cannot fool it.
 */
import { CompiledQuery } from 'kysely';
import type { Db } from '../platform/db/database.ts';

export interface StockDrift {
  sku_id: number;
  region: string;
  imported: number;
  counted: number;
}

export async function stockDrift(db: Db, limit: number): Promise<StockDrift[]> {
  const sums = `SELECT sku_id, region, SUM(imported) AS imported, SUM(counted) AS counted FROM (
      SELECT sku_id, region, SUM(imported) AS imported, 0 AS counted FROM card_batches GROUP BY sku_id, region
      UNION ALL
      SELECT sku_id, region, SUM(cards) AS imported, 0 AS counted FROM stock_changes GROUP BY sku_id, region
      UNION ALL
      SELECT sku_id, region, 0 AS imported, COUNT(*) AS counted FROM card_keys GROUP BY sku_id, region
    ) both_sides GROUP BY sku_id, region`;
  const text = `SELECT sku_id, region, imported, counted FROM (${sums}) sums WHERE imported <> counted LIMIT ?`;
  const { rows } = await db.executeQuery<StockDrift>(CompiledQuery.raw(text, [limit]));
  return rows.map((row) => ({ ...row, imported: Number(row.imported), counted: Number(row.counted) }));
}
