/**
 * Places a batch of orders in one transaction: price every line, pick cards, insert the orders, lock the cards.
 * Each order gets an outcome of its own; one that is refused takes nothing from the others.
 *
 * Safe to run again with the same inputs at any time: ids and tokens are made before, and an order whose id or
 * idempotency key is already there is read back instead of placed twice.
 */
import type { Language } from '../../contract/common.ts';
import { insertLineForms } from '../card/line-form-store.ts';
import type { CardWish } from '../card/reservation-store.ts';
import { lockCards, pickCards } from '../card/reservation-store.ts';
import { readSkusForPricing, type SkuForPricing } from '../catalog/catalog-store.ts';
import { couponRefusals } from '../catalog/coupon.ts';
import { openSalePieces } from '../catalog/sale-pieces.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, NamedTransaction, Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { Nudges } from '../platform/nudges.ts';
import type { NewAccess } from './access-token.ts';
import { type DraftForm, lineForm } from './buyer-form.ts';
import { claimCoupon } from './claim-coupon.ts';
import { judgeOrders } from './judge-orders.ts';
import type { Order } from './order.ts';
import { cardsNeeded } from './order.ts';
import { newLineRows, newOrderRow } from './order-rows.ts';
import { insertLines, insertOrders } from './order-store.ts';
import type { PricedOrder, WantedLine } from './price-order.ts';
import { firstOfEachKey, repeatOf, setRepeatsAside } from './repeated-orders.ts';

/** One order as it enters the batch: everything random is already in it. */
export interface OrderDraft {
  id: string;
  access: NewAccess;
  wanted: WantedLine[];
  forms?: DraftForm[];
  contact: string;
  contactKey: string;
  lookupHash: string | null;
  couponCode: string | undefined;
  idempotencyKey: string | undefined;
  idempotencyHash: string | null;
  requestHash: string;
  clientKey: string;
  deviceKey: string | null;
  userId: number | null;
  /** A session that nobody could look up when the order came: asked for when it is replayed. */
  sessionHash?: string | null;
  lang: Language;
  /** A channel whose first attempt is entered together with the order, because it begins without asking the channel. */
  firstChannel: { code: string; currencies: readonly string[] } | null;
}

/** `endedSale`: a flash sale has nothing left since, and pages should know. */
type Placed = { kind: 'placed'; order: Order; token: string; repeated: boolean; endedSale?: boolean };
export type PlaceOutcome =
  | Placed
  | { kind: 'sold-out'; skuId: number; available: number }
  | { kind: 'too-many-open-orders' }
  | { kind: 'buyer-limit-reached'; skuId: number; limit: number }
  | { kind: 'idempotency-key-reused' }
  | { kind: 'coupon-invalid'; reason: string }
  | { kind: 'form-invalid'; skuId: number; key: string; why: string }
  | Exclude<PricedOrder, { kind: 'priced' }>;

export interface PlaceDeps {
  nudges: Pick<Nudges, 'send'>;
  database: Database;
  clock: Clock;
  region: string;
  limits: boolean;
  demand: { record(skuId: number): void; lastMinute(skuId: number): number };
}

/** What the transaction is given: data alone, so that it can run in the thread of the embedded database. */
export interface PlaceInput {
  drafts: readonly OrderDraft[];
  region: string;
  limits: boolean;
  now: number;
  /** Orders of the last minute of each SKU asked for. */
  demand: ReadonlyMap<number, number>;
}

/** @param transaction `placeIn`, or one that does more around it (payment/check-out.ts) */
export async function placeOrders(
  deps: PlaceDeps,
  drafts: readonly OrderDraft[],
  transaction: NamedTransaction<PlaceInput, PlaceOutcome[]> = { name: 'order.place', run: placeIn },
): Promise<PlaceOutcome[]> {
  const { region, limits, demand } = deps;
  const asked = new Set(drafts.flatMap((draft) => draft.wanted.map((line) => line.skuId)));
  const counts = new Map([...asked].map((skuId) => [skuId, demand.lastMinute(skuId)]));
  const input = { drafts, region, limits, now: deps.clock.now(), demand: counts };
  const outcomes = await deps.database.run(transaction, input);
  passCheckpoint('order.after-commit');
  for (const outcome of outcomes) {
    if (outcome.kind === 'placed' && !outcome.repeated)
      for (const line of outcome.order.lines) demand.record(line.skuId);
  }
  if (outcomes.some((outcome) => outcome.kind === 'placed' && outcome.endedSale)) deps.nudges.send('catalogue', 'all');
  return outcomes;
}

export async function placeIn(tx: Tx, input: PlaceInput): Promise<PlaceOutcome[]> {
  const { drafts } = input;
  const outcomes = new Map<OrderDraft, PlaceOutcome>();
  const firsts = firstOfEachKey(drafts);
  const fresh = await setRepeatsAside(tx, firsts, outcomes);
  const skus = await readSkusForPricing(
    tx,
    fresh.flatMap((draft) => draft.wanted.map((line) => line.skuId)),
  );
  const sales = await openSalePieces(tx, skus, input.now);
  const judged = await judgeOrders(tx, input, fresh, { skus, sales });
  for (const [draft, verdict] of judged) if (verdict.kind !== 'accepted') outcomes.set(draft, verdict);

  const wishes = new Map<number, number>();
  for (const verdict of judged.values()) {
    if (verdict.kind !== 'accepted') continue;
    for (const [skuId, count] of cardsNeeded(verdict.order.lines)) wishes.set(skuId, (wishes.get(skuId) ?? 0) + count);
  }
  const shelf = await pickCards(
    tx,
    input.region,
    [...wishes].map(([skuId, count]): CardWish => ({ skuId, count })),
  );
  const placed: { draft: OrderDraft; order: Order; cards: number[] }[] = [];
  for (const [draft, verdict] of judged) {
    if (verdict.kind !== 'accepted') continue;
    const taken = takeCards(shelf, cardsNeeded(verdict.order.lines));
    if (taken.kind === 'sold-out') {
      outcomes.set(draft, taken);
      sales.putBack(verdict.order.lines);
      continue;
    }
    const { couponId } = verdict.order;
    const refusal = couponId === null ? undefined : await claimCoupon(tx, couponId, draft.contactKey, placed);
    if (refusal) {
      outcomes.set(draft, { kind: 'coupon-invalid', reason: couponRefusals[refusal] });
      putBack(shelf, cardsNeeded(verdict.order.lines), taken.cards);
      sales.putBack(verdict.order.lines);
      continue;
    }
    placed.push({ draft, order: verdict.order, cards: taken.cards });
  }
  await writeOrders(tx, placed, skus);
  const endedSale = await sales.write(tx);
  for (const { draft, order } of placed) {
    const done = { kind: 'placed', order, token: draft.access.token, repeated: false } as const;
    outcomes.set(draft, endedSale ? { ...done, endedSale } : done);
  }
  const result = drafts.map((draft) => outcomes.get(draft) ?? repeatOf(draft, firsts, outcomes));
  passCheckpoint('order.before-commit');
  return result;
}

/** First come, first served within the batch. An order takes all its cards or none. */
function takeCards(
  shelf: Map<number, number[]>,
  needed: ReadonlyMap<number, number>,
): { kind: 'taken'; cards: number[] } | { kind: 'sold-out'; skuId: number; available: number } {
  for (const [skuId, count] of needed) {
    const available = shelf.get(skuId)?.length ?? 0;
    if (available < count) return { kind: 'sold-out', skuId, available };
  }
  const cards: number[] = [];
  for (const [skuId, count] of needed) cards.push(...(shelf.get(skuId) as number[]).splice(0, count));
  return { kind: 'taken', cards };
}

/** Cards of an order that is not placed after all, for the next one of the batch. */
function putBack(shelf: Map<number, number[]>, needed: ReadonlyMap<number, number>, cards: readonly number[]): void {
  let from = 0;
  for (const [skuId, count] of needed) {
    shelf.get(skuId)?.unshift(...cards.slice(from, from + count));
    from += count;
  }
}

async function writeOrders(
  tx: Tx,
  placed: readonly { draft: OrderDraft; order: Order; cards: number[] }[],
  skus: ReadonlyMap<number, SkuForPricing>,
): Promise<void> {
  if (placed.length === 0) return;
  const inserted = await insertOrders(
    tx,
    placed.map(({ draft, order }) => newOrderRow(draft, order)),
  );
  // An id or key of ours is already there: an earlier run of this batch had been committed after all, or another
  // process is serving the same request. Start over: the repeats are then set aside before anything is taken.
  if (inserted !== placed.length) throw new RowsChanged(`inserted ${inserted} of ${placed.length} orders`);
  await insertLines(
    tx,
    placed.flatMap(({ order }) => newLineRows(order)),
  );
  await insertLineForms(
    tx,
    placed.flatMap(({ draft, order }) =>
      order.lines.flatMap((line) => {
        const form = draft.forms?.find(({ skuId }) => skuId === line.skuId);
        return form ? [lineForm(order.id, line, skus.get(line.skuId)?.buyerFields ?? [], form)] : [];
      }),
    ),
  );
  await lockCards(
    tx,
    placed.flatMap(({ order, cards }) => cards.map((cardId) => ({ cardId, orderId: order.id }))),
  );
}
