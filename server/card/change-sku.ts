/** Files cards under another SKU: the right file had gone to the wrong place. Both SKUs keep adding up (INV-6). */
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { readBatch } from './batch-store.ts';
import { cardIdsOf, fileUnder } from './bin-store.ts';
import { lockCardStates } from './card-admin-store.ts';
import { everIssued } from './issue-store.ts';
import type { MoveDeps } from './move-cards.ts';
import { recordStockChange } from './stock-change-store.ts';
import { statusName } from './stock-store.ts';

export interface ChangeSkuDeps extends MoveDeps {
  findSku(skuId: number): Promise<{ productId: number; delivery: string } | undefined>;
}

export interface ChangeSkuInput extends Actor {
  /** At most a few hundred, or all of an import that are still for sale. */
  cards: readonly number[] | { batchId: number };
  toSkuId: number;
  reason: string;
}

export type ChangeSkuOutcome =
  | {
      kind: 'moved';
      moved: number;
      refused: { cardId: number; why: 'card-not-found' | 'was-issued' | CardStatusName }[];
    }
  | { kind: 'sku-not-found' }
  | { kind: 'sku-not-cards' }
  | { kind: 'batch-not-found' };

/** Orders pass over locked cards, so only a few are locked at a time. */
const pageRows = 200;

export async function changeSku(deps: ChangeSkuDeps, input: ChangeSkuInput): Promise<ChangeSkuOutcome> {
  const { database, stock } = deps;
  const sku = await deps.findSku(input.toSkuId);
  if (!sku) return { kind: 'sku-not-found' };
  if (sku.delivery !== 'cards') return { kind: 'sku-not-cards' };
  const to = { id: input.toSkuId, productId: sku.productId };
  const outcome: Extract<ChangeSkuOutcome, { kind: 'moved' }> = { kind: 'moved', moved: 0, refused: [] };
  const pages = 'batchId' in input.cards ? await pagesOfBatch(deps, input.cards.batchId) : onePage(input.cards);
  if (!pages) return { kind: 'batch-not-found' };
  for await (const ids of pages) {
    const done = await database.transact('card.change-sku', (tx) => changePage(tx, deps, input, { ids, to }));
    outcome.moved += done.moved;
    outcome.refused.push(...done.refused.slice(0, pageRows - outcome.refused.length));
    for (const skuId of [...done.from, to.id]) stock?.forget(skuId);
  }
  return outcome;
}

async function* onePage(cards: readonly number[]): AsyncGenerator<number[]> {
  yield [...new Set(cards)];
}

async function pagesOfBatch({ database }: ChangeSkuDeps, batchId: number) {
  const batch = await readBatch(database.read, batchId);
  if (!batch) return undefined;
  const { skuId, region } = batch;
  return (async function* () {
    for (let after = 0; ; ) {
      const ids = await cardIdsOf(
        database.read,
        { skuId, region, batchId, status: cardStatus.available },
        after,
        pageRows,
      );
      if (ids.length === 0) return;
      yield ids;
      after = ids.at(-1) ?? after;
    }
  })();
}

async function changePage(
  tx: Tx,
  { clock }: ChangeSkuDeps,
  { actor, requestId, reason }: ChangeSkuInput,
  { ids, to }: { ids: readonly number[]; to: { id: number; productId: number } },
) {
  const states = new Map((await lockCardStates(tx, ids)).map((card) => [card.id, card]));
  const issued = await everIssued(tx, ids);
  const refused: Extract<ChangeSkuOutcome, { kind: 'moved' }>['refused'] = [];
  let there = 0;
  const going = ids.flatMap((cardId) => {
    const card = states.get(cardId);
    const was = card && statusName(card.status);
    if (!card || !was) refused.push({ cardId, why: 'card-not-found' });
    else if (was !== 'available' && was !== 'quarantined') refused.push({ cardId, why: was });
    else if (issued.has(cardId)) refused.push({ cardId, why: 'was-issued' });
    else if (card.sku_id === to.id) there++;
    else return [card];
    return [];
  });
  const goingIds = going.map((card) => card.id);
  const changed = await fileUnder(tx, goingIds, to);
  if (changed !== goingIds.length) throw new RowsChanged(`moved ${changed} of ${goingIds.length} cards`);
  const at = clock.now();
  for (const [place, group] of Map.groupBy(going, (card) => `${card.sku_id}/${card.region}`)) {
    const [fromId, region = ''] = place.split('/');
    const cards = group.length;
    await recordStockChange(tx, { skuId: Number(fromId), region, kind: 'moved-out', cards: -cards }, { actor, at });
    await recordStockChange(tx, { skuId: to.id, region, kind: 'moved-in', cards }, { actor, at });
    const states = {
      before: { skuId: Number(fromId) },
      after: { skuId: to.id, cards, ids: group.map(({ id }) => id) },
    };
    await recordAudit(tx, {
      at,
      actor,
      requestId,
      action: 'card.change-sku',
      subject: `sku:${fromId}`,
      reason,
      ...states,
    });
  }
  // Asking twice is harmless: those that are there already count as moved.
  return { moved: changed + there, refused, from: new Set(going.map((card) => card.sku_id)) };
}
