/** Cards of a SKU for the admin, newest first. */
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import type { Database } from '../platform/db/database.ts';
import { skusOfRegion } from './bin-store.ts';
import { type CardRow, cardsOfBatch, cardsOfStatus } from './card-admin-store.ts';

export interface ListCardsInput {
  /** All SKUs, for cards that are off the shelf: there are few of them. */
  skuId?: number;
  region: string;
  status?: CardStatusName;
  batchId?: number;
  /** Go on behind this card: `next` of the page before. */
  before?: number;
  limit: number;
}

/** Without a status each status is read on its own and the pages are merged: the index has no order over all of them. */
export async function listCards(
  { database }: { database: Database },
  { status, skuId, ...filter }: ListCardsInput,
): Promise<{ cards: CardRow[]; next: number | null }> {
  if (skuId !== undefined && status === undefined && filter.batchId !== undefined) {
    return pageOf(await cardsOfBatch(database.read, { ...filter, skuId, batchId: filter.batchId }), filter.limit);
  }
  const statuses = status ? [cardStatus[status]] : Object.values(cardStatus);
  const skuIds = skuId === undefined ? await skusOfRegion(database.read, filter.region) : [skuId];
  const pages = await Promise.all(
    skuIds.flatMap((id) => statuses.map((one) => cardsOfStatus(database.read, one, { ...filter, skuId: id }))),
  );
  return pageOf(
    pages.flat().sort((a, b) => b.id - a.id),
    filter.limit,
  );
}

function pageOf(found: readonly CardRow[], limit: number): { cards: CardRow[]; next: number | null } {
  const cards = found.slice(0, limit);
  return { cards, next: cards.length === limit ? (cards.at(-1)?.id ?? null) : null };
}
