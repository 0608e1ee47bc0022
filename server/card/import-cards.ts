/**
 * Imports a file of cards while it streams in. Committed in chunks, so an import of any size needs little memory and a
 * crash loses only the chunk under way: import the same file again, and what is in already counts as duplicate.
 */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { recordEvents } from '../platform/event-store.ts';
import { type CardLine, createCardLineReader, defaultSeparator, isSeparator, type RejectReason } from './card-lines.ts';
import { type Batch, importChunk } from './import-chunk.ts';
import { type BatchCounts, type BatchStatus, endBatch, insertBatch } from './import-store.ts';
import type { Keyring } from './keyring.ts';
import type { StockCache } from './stock.ts';

export interface ImportDeps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  region: string;
  /** What the catalogue knows of a SKU. */
  findSku(skuId: number): Promise<{ productId: number; delivery: string } | undefined>;
  stock?: StockCache;
  /** Hashes of all cards that the issue journal knows as handed out. */
  issuedHashes?(): Promise<ReadonlySet<string>>;
}

export interface ImportInput extends Actor {
  skuId: number;
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;
  /** Where the cards came from: a file name, "pasted". At most 200 characters are kept. */
  sourceName: string;
  /** Between number and secret; '' reads every line as a secret. Default `----`. */
  separator?: string;
  totalBytes?: number | undefined;
  onProgress?(progress: ImportProgress): void;
}

export interface ImportProgress extends BatchCounts {
  /** Lines read, blank ones too. */
  lines: number;
  bytes: number;
  totalBytes: number | undefined;
}

export interface ImportReport {
  batchId: number;
  /** Lines that are not blank: imported + duplicates + rejected. */
  total: number;
  imported: number;
  duplicates: { count: number; lines: number[] };
  rejected: { count: number; lines: { line: number; reason: RejectReason }[] };
}

export type ImportOutcome =
  | { kind: 'imported'; report: ImportReport }
  /** The source broke off (an upload that ended early). Everything in the report is in; the file can be sent again. */
  | { kind: 'interrupted'; report: ImportReport; error: unknown }
  | { kind: 'sku-not-found' }
  | { kind: 'sku-not-cards' }
  | { kind: 'separator-invalid' };

/** Lines a transaction: 25,000 lines/s on 2 cores. 250 lines cost a tenth of that; 4000 gain a tenth on MariaDB alone. */
const chunkLines = 1000;
/** A packet of long lines stays far below the server's max_allowed_packet of 16 MB. */
const chunkBytes = 1_000_000;
/** Line numbers listed in a report. */
export const reportedLines = 1000;

/** Errors of the database are thrown; the batch then keeps what its committed chunks brought. */
export async function importCards(deps: ImportDeps, input: ImportInput): Promise<ImportOutcome> {
  const { database, clock } = deps;
  const { skuId, source, separator = defaultSeparator } = input;
  if (!isSeparator(separator)) return { kind: 'separator-invalid' };
  const sku = await deps.findSku(skuId);
  if (!sku) return { kind: 'sku-not-found' };
  if (sku.delivery !== 'cards') return { kind: 'sku-not-cards' };

  // A database brought back from a backup has forgotten what was sold since; the journal has not.
  const handedOut = await deps.issuedHashes?.();
  const batch = await beginBatch(deps, input, sku.productId);
  const reader = createCardLineReader(separator);
  const rejected: ImportReport['rejected']['lines'] = [];
  const duplicates: number[] = [];
  let counts: BatchCounts = { total: 0, imported: 0, duplicates: 0, rejected: 0 };
  let chunk: CardLine[] = [];
  let chunkStart = 0;

  async function take(lines: Iterable<CardLine>): Promise<void> {
    for (const line of lines) {
      chunk.push(line);
      if (line.kind === 'rejected') list(rejected, [{ line: line.line, reason: line.reason }]);
      if (chunk.length >= chunkLines || reader.bytes - chunkStart >= chunkBytes) await commit();
    }
  }

  async function commit(): Promise<void> {
    if (chunk.length > 0) {
      const result = await importChunk(deps, batch, chunk, counts, handedOut);
      passCheckpoint('import.after-chunk');
      deps.stock?.adjust(skuId, result.counts.imported - counts.imported);
      counts = result.counts;
      list(duplicates, result.duplicates);
    }
    chunk = [];
    chunkStart = reader.bytes;
    const { lines, bytes } = reader;
    input.onProgress?.({ ...counts, lines, bytes, totalBytes: input.totalBytes });
  }

  async function end(status: BatchStatus): Promise<ImportReport> {
    await database.transact('card.import-end', async (tx) => {
      await endBatch(tx, batch.id, status, clock.now());
      const after = { batchId: batch.id, status, ...counts };
      const { actor, requestId } = input;
      const told = { skuId, status, ...counts };
      await recordEvents(tx, [{ event: 'cards.imported', about: String(batch.id), detail: told }], clock.now());
      await recordAudit(tx, {
        actor,
        requestId,
        at: clock.now(),
        action: 'cards.import',
        subject: `sku:${skuId}`,
        after,
      });
    });
    return {
      batchId: batch.id,
      total: counts.total,
      imported: counts.imported,
      duplicates: { count: counts.duplicates, lines: duplicates },
      rejected: { count: counts.rejected, lines: rejected },
    };
  }

  const broken = await readToEnd(source, (bytes) => take(reader.push(bytes)));
  // The last line of a source that broke off may be half a card: it is left out, and so is the chunk under way.
  if (broken) return { kind: 'interrupted', report: await end('interrupted'), error: broken.error };
  await take(reader.end());
  await commit();
  return { kind: 'imported', report: await end('finished') };
}

/** Tells the failure of the source from one of ours, which is thrown. */
async function readToEnd(
  source: ImportInput['source'],
  take: (bytes: Uint8Array | string) => Promise<void>,
): Promise<{ error: unknown } | undefined> {
  const parts = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  for (;;) {
    let next: IteratorResult<Uint8Array | string>;
    try {
      next = await parts.next();
    } catch (error) {
      return { error };
    }
    if (next.done) return undefined;
    try {
      await take(next.value);
    } catch (error) {
      await parts.return?.();
      throw error;
    }
  }
}

async function beginBatch(
  { database, clock, region }: ImportDeps,
  input: ImportInput,
  productId: number,
): Promise<Batch> {
  const { skuId, actor, sourceName } = input;
  const batch = {
    skuId,
    productId,
    region,
    source: sourceName.slice(0, 200),
    createdBy: actor.slice(0, 120),
    createdAt: clock.now(),
  };
  const id = await database.transact('card.import-begin', (tx) => insertBatch(tx, batch));
  return { id, skuId, productId, region };
}

function list<T>(listed: T[], more: readonly T[]): void {
  listed.push(...more.slice(0, reportedLines - listed.length));
}
