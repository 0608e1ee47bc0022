/**
 * Empties the recycle bin: withdrawn cards are deleted for good, and the count of them is kept (INV-6). A card that was ever
 * issued, by the word of the database or of the issue journal, stays: it is the proof of what a buyer got (INV-10).
 */
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { cardIdsOf, deleteWithdrawn } from './bin-store.ts';
import { lockCardStates } from './card-admin-store.ts';
import { everIssued } from './issue-store.ts';
import { recordStockChange } from './stock-change-store.ts';
import { statusName } from './stock-store.ts';

export interface PurgeDeps {
  database: Database;
  clock: Clock;
  region: string;
  /** Those of the cards that the issue journal knows. */
  inJournal(cardIds: readonly number[]): Promise<ReadonlySet<number>>;
}

export interface PurgeInput extends Actor {
  /** These cards, or all that are withdrawn of a SKU, or of one import of it. */
  cards: readonly number[] | { skuId: number; batchId?: number | undefined };
  /** What the person believes to delete, typed by hand: another number in the bin, and nothing is done. */
  expected: number;
  reason: string;
}

type Refusal = { cardId: number; why: 'card-not-found' | 'was-issued' | CardStatusName };

export type PurgeOutcome =
  | { kind: 'purged'; cards: number; refused: Refusal[] }
  | { kind: 'another-number'; inBin: number };

const pageRows = 200;
/** A reply names this many; they stay in the bin, where the list shows them all. */
const namedRefusals = 200;

export async function purgeCards(deps: PurgeDeps, input: PurgeInput): Promise<PurgeOutcome> {
  const ids = await wanted(deps, input);
  if (ids.length !== input.expected) return { kind: 'another-number', inBin: ids.length };
  const journalled = await deps.inJournal(ids);
  let cards = 0;
  const refused: Refusal[] = [];
  for (let at = 0; at < ids.length; at += pageRows) {
    const page = ids.slice(at, at + pageRows);
    let runs = 0;
    const done = await deps.database.transact('card.purge', (tx) =>
      purgePage(tx, deps, input, { page, journalled, again: runs++ > 0 }),
    );
    cards += done.cards;
    refused.push(...done.refused.slice(0, namedRefusals - refused.length));
  }
  return { kind: 'purged', cards, refused };
}

async function wanted({ database, region }: PurgeDeps, { cards }: PurgeInput): Promise<number[]> {
  if (!('skuId' in cards)) return [...new Set(cards)];
  const filter = { ...cards, region, status: cardStatus.withdrawn };
  const ids: number[] = [];
  for (;;) {
    const page = await cardIdsOf(database.read, filter, ids.at(-1) ?? 0, 5000);
    ids.push(...page);
    if (page.length < 5000) return ids;
  }
}

interface Page {
  page: readonly number[];
  journalled: ReadonlySet<number>;
  /** Nobody knows whether an earlier run was committed: what is not there any more is what it deleted. */
  again: boolean;
}

async function purgePage(
  tx: Tx,
  { clock }: PurgeDeps,
  { actor, requestId, reason }: PurgeInput,
  { page, journalled, again }: Page,
): Promise<{ cards: number; refused: Refusal[] }> {
  const states = new Map((await lockCardStates(tx, page)).map((card) => [card.id, card]));
  if (again && states.size === 0) return { cards: page.length, refused: [] };
  const issued = await everIssued(tx, page);
  const refused: Refusal[] = [];
  const going = page.flatMap((cardId) => {
    const card = states.get(cardId);
    const isInBin = card?.status === cardStatus.withdrawn;
    if (card && isInBin && !issued.has(cardId) && !journalled.has(cardId)) return card;
    refused.push({ cardId, why: !card ? 'card-not-found' : isInBin ? 'was-issued' : statusName(card.status) });
    return [];
  });
  const ids = going.map((card) => card.id);
  const gone = await deleteWithdrawn(tx, ids);
  if (gone !== ids.length) throw new RowsChanged(`purged ${gone} of ${ids.length} cards`);
  const at = clock.now();
  for (const [place, group] of Map.groupBy(going, (card) => `${card.sku_id}/${card.region}`)) {
    const [skuId, region = ''] = place.split('/');
    const change = { skuId: Number(skuId), region, kind: 'purged', cards: -group.length } as const;
    await recordStockChange(tx, change, { actor, at });
    const after = { cards: group.length, ids: group.map((card) => card.id) };
    await recordAudit(tx, { at, actor, requestId, action: 'card.purge', subject: `sku:${skuId}`, reason, after });
  }
  return { cards: gone, refused };
}
