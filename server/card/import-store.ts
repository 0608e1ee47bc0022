/** The statements of an import: its row in card_batches and the cards it brings. */
import { type Insertable, sql } from 'kysely';
import { insertRows, selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { CardKeysTable } from '../platform/db/tables.ts';

export interface NewBatch {
  skuId: number;
  productId: number;
  region: string;
  source: string;
  createdBy: string;
  createdAt: number;
}

export type BatchStatus = 'running' | 'finished' | 'interrupted';

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<number> {
  const { insertId } = await tx
    .insertInto('card_batches')
    .values({
      sku_id: batch.skuId,
      product_id: batch.productId,
      region: batch.region,
      source: batch.source,
      created_by: batch.createdBy,
      created_at: batch.createdAt,
      finished_at: null,
    })
    .executeTakeFirstOrThrow();
  return Number(insertId);
}

export async function endBatch(tx: Tx, batchId: number, status: BatchStatus, now: number): Promise<void> {
  await tx
    .updateTable('card_batches')
    .set({ status, finished_at: now })
    .where('id', '=', batchId)
    .where('status', '=', 'running')
    .execute();
}

/** Which of these cards the shop has, wherever they are filed and whatever became of them. */
export async function knownHashes(db: Db | Tx, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await selectIn<{ card_no_hash: string }>(
    db,
    'SELECT card_no_hash FROM card_keys WHERE card_no_hash IN (?)',
    hashes,
  );
  return new Set(rows.map((row) => row.card_no_hash));
}

export type NewCard = Insertable<CardKeysTable>;

/**
 * Inserts the cards that nobody else inserted meanwhile and returns the hashes of those that are ours. Run again after
 * a commit of unknown outcome it returns the same: a row is ours when it holds the very ciphertext we made.
 */
export async function insertCards(tx: Tx, cards: readonly NewCard[]): Promise<Set<string>> {
  const inserted = await insertRows(tx, 'card_keys', cards, { onConflict: 'ignore' });
  if (inserted === cards.length) return new Set(cards.map((card) => card.card_no_hash));
  const secrets = new Map(cards.map((card) => [card.card_no_hash, card.card_secret]));
  const rows = await selectIn<{ card_no_hash: string; card_secret: Uint8Array }>(
    tx,
    'SELECT card_no_hash, card_secret FROM card_keys WHERE card_no_hash IN (?)',
    [...secrets.keys()],
  );
  const ours = rows.filter((row) => Buffer.compare(row.card_secret, secrets.get(row.card_no_hash) as Uint8Array) === 0);
  return new Set(ours.map((row) => row.card_no_hash));
}

export interface BatchCounts {
  /** Lines that are not blank. */
  total: number;
  imported: number;
  duplicates: number;
  rejected: number;
}

/**
 * Raises the counts of a batch by one chunk, in the transaction that brings its cards (INV-6). `before.total` guards it:
 * a chunk that had been committed is not counted again.
 */
export async function countChunk(tx: Tx, batchId: number, before: BatchCounts, after: BatchCounts): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('card_batches')
    .set({
      total_lines: after.total,
      imported: sql<number>`imported + ${after.imported - before.imported}`,
      duplicates: after.duplicates,
      rejected: after.rejected,
    })
    .where('id', '=', batchId)
    .where('total_lines', '=', before.total)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n) return;
  const batch = await tx
    .selectFrom('card_batches')
    .select(['total_lines', 'imported'])
    .where('id', '=', batchId)
    .executeTakeFirst();
  if (batch?.total_lines !== after.total) throw new Error(`batch ${batchId} is counted by somebody else`);
}
