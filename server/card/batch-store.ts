/** Imports on record, for the admin. import-store.ts writes them. */
import type { Db, Tx } from '../platform/db/database.ts';

export interface BatchView {
  id: number;
  skuId: number;
  region: string;
  source: string;
  /** `running` for long after its start means that the process died: import the file again. */
  status: string;
  total: number;
  imported: number;
  duplicates: number;
  rejected: number;
  createdBy: string;
  createdAt: number;
  finishedAt: number | null;
}

/** The newest batches first, of one SKU or of all, with ids below `before`. */
export async function listBatches(
  db: Db | Tx,
  { skuId, before, limit }: { skuId?: number; before?: number; limit: number },
): Promise<BatchView[]> {
  let query = db.selectFrom('card_batches').selectAll();
  if (skuId !== undefined) query = query.where('sku_id', '=', skuId);
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    id: row.id,
    skuId: row.sku_id,
    region: row.region,
    source: row.source,
    status: row.status,
    total: row.total_lines,
    imported: row.imported,
    duplicates: row.duplicates,
    rejected: row.rejected,
    createdBy: row.created_by,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }));
}

export async function readBatch(db: Db | Tx, batchId: number): Promise<BatchView | undefined> {
  const [batch] = await listBatches(db, { before: batchId + 1, limit: 1 });
  return batch?.id === batchId ? batch : undefined;
}

/** `sku/region` -> cards that its batches brought, plus those moved in, less those moved out and purged. */
export async function importedBySku(db: Db | Tx, skuIds?: readonly number[]): Promise<Map<string, number>> {
  let query = db
    .selectFrom('card_batches')
    .select(['sku_id', 'region', (eb) => eb.fn.sum<number>('imported').as('imported')])
    .groupBy(['sku_id', 'region']);
  if (skuIds !== undefined) query = query.where('sku_id', 'in', skuIds);
  let changes = db
    .selectFrom('stock_changes')
    .select(['sku_id', 'region', (eb) => eb.fn.sum<number>('cards').as('cards')])
    .groupBy(['sku_id', 'region']);
  if (skuIds !== undefined) changes = changes.where('sku_id', 'in', skuIds);
  const brought = new Map<string, number>();
  const add = (row: { sku_id: number; region: string }, cards: number) => {
    const key = `${row.sku_id}/${row.region}`;
    brought.set(key, (brought.get(key) ?? 0) + cards);
  };
  for (const row of await query.execute()) add(row, Number(row.imported));
  for (const row of await changes.execute()) add(row, Number(row.cards));
  return brought;
}
