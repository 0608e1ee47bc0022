/**
 * Takes cards out of the shop in clear, page by page, for the owner alone. With `withdraw` a page is off the shelf, in a
 * committed transaction, before a line of it leaves, so that what somebody holds in a file is not sold as well.
 */
import { type CardStatusName, cardStatus } from '../../contract/states.ts';
import { type Actor, type AuditEntry, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { cardIdsOf, type SealedCard, sealedCards, withdrawExported } from './bin-store.ts';
import { lockCardStates } from './card-admin-store.ts';
import type { Keyring } from './keyring.ts';
import { letOthersRun } from './let-others-run.ts';
import type { StockCache } from './stock.ts';
import { statusName } from './stock-store.ts';

export interface ExportDeps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  region: string;
  stock?: Pick<StockCache, 'forget'>;
}

export interface ExportInput extends Actor {
  skuId: number;
  batchId?: number | undefined;
  status: CardStatusName;
  /** Only for cards that are for sale. */
  withdraw: boolean;
  reason: string;
}

export interface ExportedCard {
  id: number;
  number: string | null;
  secret: string;
  status: CardStatusName;
  skuId: number;
  batchId: number;
}

/** Two decryptions each, 13 us together: 3 ms at a stretch. */
const pageRows = 250;

/** The audit log says who began, and at the end how many cards left, also when the reader went away half-way. */
export async function* exportCards(deps: ExportDeps, input: ExportInput): AsyncGenerator<ExportedCard[]> {
  const { database, clock, keyring } = deps;
  const { skuId, batchId, status, withdraw, reason, actor, requestId } = input;
  // Also the mark of this export on the cards that it withdraws.
  const startedAt = clock.now();
  const entry = { actor, requestId, subject: `sku:${skuId}`, reason };
  const what = { batchId, status, withdraw };
  const note = (one: Pick<AuditEntry, 'action' | 'after'>) =>
    database.transact('card.export-noted', (tx) => recordAudit(tx, { ...entry, at: clock.now(), ...one }));
  await note({ action: 'card.export', after: what });
  let cards = 0;
  let whole = false;
  try {
    const filter = { skuId, region: deps.region, batchId, status: cardStatus[status] };
    for (let after = 0; ; ) {
      const ids = await cardIdsOf(database.read, filter, after, pageRows);
      if (ids.length === 0) break;
      after = ids.at(-1) ?? after;
      const sealed = withdraw ? await withdrawPage(deps, input, ids, startedAt) : await sealedCards(database.read, ids);
      const page = sealed.map((card) => opened(keyring, card));
      cards += page.length;
      yield page;
      await letOthersRun();
    }
    whole = true;
  } finally {
    await note({ action: 'card.export-end', after: { ...what, cards, whole } });
  }
}

/** Those of the page that an order has not taken meanwhile. */
async function withdrawPage(
  { database, stock }: ExportDeps,
  { skuId, reason }: ExportInput,
  ids: readonly number[],
  at: number,
): Promise<SealedCard[]> {
  const cards = await database.transact('card.export-withdraw', async (tx) => {
    const states = await lockCardStates(tx, ids);
    const free = states.filter((card) => card.status === cardStatus.available).map((card) => card.id);
    const withdrawn = await withdrawExported(tx, free, { reason, at });
    if (withdrawn !== free.length) throw new RowsChanged(`withdrew ${withdrawn} of ${free.length} cards`);
    // Run again after a commit of unknown end, it finds its own mark.
    const before = states.filter((card) => card.status === cardStatus.withdrawn && card.exported_at === at);
    return sealedCards(tx, [...free, ...before.map((card) => card.id)]);
  });
  stock?.forget(skuId);
  return cards;
}

function opened(keyring: Keyring, card: SealedCard): ExportedCard {
  const owner = card.card_no_hash;
  return {
    id: card.id,
    number: card.card_no && keyring.unseal('card-number', owner, card.card_no),
    secret: keyring.unseal('card-secret', owner, card.card_secret),
    status: statusName(card.status),
    skuId: card.sku_id,
    batchId: card.batch_id,
  };
}
