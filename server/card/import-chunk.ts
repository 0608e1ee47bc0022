/** One chunk of an import: a thousand lines, one transaction, safe to run again. */
import { cardStatus } from '../../contract/states.ts';
import type { Database } from '../platform/db/database.ts';
import type { CardLine } from './card-lines.ts';
import { type BatchCounts, countChunk, insertCards, knownHashes, type NewCard } from './import-store.ts';
import type { Keyring } from './keyring.ts';
import { letOthersRun } from './let-others-run.ts';

export interface Batch {
  id: number;
  skuId: number;
  productId: number;
  region: string;
}

export interface ChunkResult {
  counts: BatchCounts;
  /** Line numbers. */
  duplicates: number[];
}

type Card = Extract<CardLine, { kind: 'card' }>;

/** Hash and two encryptions take 17 us a line: 1.7 ms at a stretch. */
const linesAtAStretch = 100;
/** A database that fails over in the middle of an import is waited for. */
const deadlineMs = 120_000;

export async function importChunk(
  deps: { database: Database; keyring: Keyring },
  batch: Batch,
  lines: readonly CardLine[],
  before: BatchCounts,
  /** Known by the issue journal as handed out: never for sale again, whatever the database remembers (INV-10). */
  handedOut: ReadonlySet<string> = new Set(),
): Promise<ChunkResult> {
  const { database, keyring } = deps;
  const cards = lines.filter((line) => line.kind === 'card');
  const first = await firstOfEach(keyring, cards);
  const known = await knownHashes(database.read, [...first.keys()]);
  const rows = await sealCards(
    keyring,
    batch,
    [...first].filter(([hash]) => !known.has(hash) && !handedOut.has(hash)),
  );
  return database.transact(
    'card.import',
    async (tx) => {
      const ours = await insertCards(tx, rows);
      const imported = new Set([...ours].map((hash) => first.get(hash)));
      const duplicates = cards.filter((card) => !imported.has(card)).map((card) => card.line);
      const counts: BatchCounts = {
        total: before.total + lines.length,
        imported: before.imported + ours.size,
        duplicates: before.duplicates + duplicates.length,
        rejected: before.rejected + lines.length - cards.length,
      };
      await countChunk(tx, batch.id, before, counts);
      return { counts, duplicates };
    },
    { deadlineMs },
  );
}

/** Hash -> the first line of the chunk with that card. One number is one card; a card without a number is its secret. */
async function firstOfEach(keyring: Keyring, cards: readonly Card[]): Promise<Map<string, Card>> {
  const first = new Map<string, Card>();
  for (const [i, card] of cards.entries()) {
    if (i % linesAtAStretch === linesAtAStretch - 1) await letOthersRun();
    const hash = keyring.hash(card.number ?? card.secret);
    if (!first.has(hash)) first.set(hash, card);
  }
  return first;
}

async function sealCards(keyring: Keyring, batch: Batch, cards: readonly [string, Card][]): Promise<NewCard[]> {
  const rows: NewCard[] = [];
  for (const [i, [hash, { number, secret }]] of cards.entries()) {
    if (i % linesAtAStretch === linesAtAStretch - 1) await letOthersRun();
    rows.push(sealCard(keyring, batch, hash, number, secret));
  }
  return rows;
}

function sealCard(keyring: Keyring, batch: Batch, hash: string, number: string | null, secret: string): NewCard {
  const sealedSecret = keyring.seal('card-secret', hash, secret);
  const sealedNumber = number === null ? null : keyring.seal('card-number', hash, number, sealedSecret.keyId);
  return {
    card_no: sealedNumber?.bytes ?? null,
    card_secret: sealedSecret.bytes,
    card_no_hash: hash,
    product_id: batch.productId,
    sku_id: batch.skuId,
    region: batch.region,
    status: cardStatus.available,
    batch_id: batch.id,
    key_id: sealedSecret.keyId,
  };
}
