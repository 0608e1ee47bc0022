/** Cards that come to or leave a SKU other than by an import: the other half of what INV-6 counts against. */
import type { Tx } from '../platform/db/database.ts';

export interface StockChange {
  skuId: number;
  region: string;
  kind: 'moved-in' | 'moved-out' | 'purged';
  /** Signed. */
  cards: number;
}

export async function recordStockChange(tx: Tx, change: StockChange, by: { actor: string; at: number }): Promise<void> {
  const { skuId, region, kind, cards } = change;
  await tx
    .insertInto('stock_changes')
    .values({ sku_id: skuId, region, kind, cards, actor: by.actor.slice(0, 120), at: by.at })
    .execute();
}
