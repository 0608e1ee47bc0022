/** Exact stock for the admin, counted now, beside what the imports say it must be (INV-6). */
import type { Database } from '../platform/db/database.ts';
import { importedBySku } from './batch-store.ts';
import { countByStatus, noCards, type StockRow } from './stock-store.ts';

export interface StockSummary extends StockRow {
  imported: number;
  /** The cards counted minus the cards imported; anything but 0 is a review case. */
  drift: number;
}

/** An import commits about twenty chunks a second; a count that one of them overtook is made again this often. */
const maxCounts = 5;

/** All SKUs when none are named. Costs about 0.1 s for a million cards: not for every page view. */
export async function stockSummary(
  { database: { read } }: { database: Database },
  skuIds?: readonly number[],
): Promise<StockSummary[]> {
  if (skuIds?.length === 0) return [];
  let imported = await importedBySku(read, skuIds);
  for (let counted = 1; ; counted++) {
    const stock = await countByStatus(read, skuIds);
    const after = await importedBySku(read, skuIds);
    if (counted === maxCounts || sameCounts(imported, after)) return compare(stock, after);
    imported = after;
  }
}

function compare(stock: readonly StockRow[], imported: ReadonlyMap<string, number>): StockSummary[] {
  const rows = new Map(stock.map((row) => [`${row.skuId}/${row.region}`, row]));
  for (const key of imported.keys()) {
    const [skuId, region = ''] = key.split('/');
    if (!rows.has(key)) rows.set(key, { skuId: Number(skuId), region, counts: noCards() });
  }
  return [...rows].map(([key, row]) => {
    const cards = Object.values(row.counts).reduce((sum, count) => sum + count, 0);
    const should = imported.get(key) ?? 0;
    return { ...row, imported: should, drift: cards - should };
  });
}

function sameCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([key, count]) => b.get(key) === count);
}
