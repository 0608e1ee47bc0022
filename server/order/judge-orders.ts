/** Which orders of a batch may be placed, at what price, and for how long their cards are held. */
import type { SkuForPricing } from '../catalog/catalog-store.ts';
import { couponDiscountMinor, couponRefusal, couponRefusals, normalCouponCode } from '../catalog/coupon.ts';
import { readCouponByCode } from '../catalog/coupon-store.ts';
import type { SalePieces } from '../catalog/sale-pieces.ts';
import type { Tx } from '../platform/db/database.ts';
import { type OpenOrders, reservationFor, tooManyOpenOrders } from '../risk/reservation.ts';
import { formFault } from './buyer-form.ts';
import { boughtBefore, boughtInSale, countByAddress, countByContact, countByDevice } from './open-orders-store.ts';
import type { Order, OrderLine } from './order.ts';
import type { OrderDraft, PlaceInput, PlaceOutcome } from './place-orders.ts';
import { priceOrder } from './price-order.ts';

export type Verdict =
  | { kind: 'accepted'; order: Order }
  | Exclude<PlaceOutcome, { kind: 'placed' } | { kind: 'sold-out' }>;

export async function judgeOrders(
  tx: Tx,
  input: PlaceInput,
  drafts: readonly OrderDraft[],
  goods: { skus: ReadonlyMap<number, SkuForPricing>; sales: SalePieces },
): Promise<Map<OrderDraft, Verdict>> {
  const { skus, sales } = goods;
  const counts = await readCounts(tx, input, drafts);
  const verdicts = new Map<OrderDraft, Verdict>();
  const bought = new Map<string, number>(); // contact + SKU -> pieces, orders of this batch included
  for (const draft of drafts) {
    const priced = priceOrder(draft.wanted, skus, draft.lang, input.now);
    if (priced.kind !== 'priced') {
      verdicts.set(draft, priced);
      continue;
    }
    const unasked = formVerdict(draft, priced.lines, skus);
    if (unasked) {
      verdicts.set(draft, unasked);
      continue;
    }
    const open = counts.open(draft);
    if (input.limits && tooManyOpenOrders(open)) {
      verdicts.set(draft, { kind: 'too-many-open-orders' });
      continue;
    }
    const refused = await overBuyerLimit(tx, draft, priced.lines, skus, bought);
    if (refused) {
      verdicts.set(draft, refused);
      continue;
    }
    const coupon = await couponFor(tx, draft, priced, input.now);
    if (coupon?.kind === 'coupon-invalid') {
      verdicts.set(draft, coupon);
      continue;
    }
    counts.opened(draft);
    sales.take(priced.lines);
    verdicts.set(draft, {
      kind: 'accepted',
      order: orderOf(input, draft, priced, coupon, open, counts.trusted(draft)),
    });
  }
  return verdicts;
}

/** Whether the answers are what is asked for now. */
function formVerdict(
  { forms }: OrderDraft,
  lines: readonly OrderLine[],
  skus: ReadonlyMap<number, SkuForPricing>,
): Verdict | undefined {
  for (const { skuId } of lines) {
    const form = forms?.find((one) => one.skuId === skuId);
    const fault = formFault(skus.get(skuId)?.buyerFields ?? [], form);
    if (fault) return { kind: 'form-invalid', skuId, ...fault };
  }
  return undefined;
}

function orderOf(
  input: PlaceInput,
  draft: OrderDraft,
  priced: { lines: OrderLine[]; currency: string; totalMinor: number },
  coupon: { id: number; discountMinor: number } | undefined,
  open: OpenOrders,
  trusted: boolean,
): Order {
  const now = input.now;
  const ordersLastMinute = Math.max(...priced.lines.map((line) => input.demand.get(line.skuId) ?? 0));
  const { riskScore, holdMs } = reservationFor({ trusted, openFromAddress: open.address, ordersLastMinute });
  return {
    id: draft.id,
    region: input.region,
    status: 'pending',
    currency: priced.currency,
    totalMinor: priced.totalMinor - (coupon?.discountMinor ?? 0),
    discountMinor: coupon?.discountMinor ?? 0,
    couponId: coupon?.id ?? null,
    receivedMinor: 0,
    refundedMinor: 0,
    contact: draft.contact,
    lang: draft.lang,
    userId: draft.userId,
    riskScore,
    expiresAt: now + holdMs,
    createdAt: now,
    paidAt: null,
    deliveredAt: null,
    version: 0,
    lines: priced.lines,
  };
}

/** What the coupon takes off. Its use is claimed later, once the order has its cards (place-orders.ts). */
async function couponFor(
  tx: Tx,
  draft: OrderDraft,
  priced: { lines: OrderLine[]; currency: string },
  now: number,
): Promise<
  { kind: 'coupon'; id: number; discountMinor: number } | { kind: 'coupon-invalid'; reason: string } | undefined
> {
  if (draft.couponCode === undefined) return undefined;
  const code = normalCouponCode(draft.couponCode);
  const coupon = code === undefined ? undefined : await readCouponByCode(tx, code);
  const refusal = coupon ? couponRefusal(coupon, priced, now) : 'unknown';
  if (!coupon || refusal) return { kind: 'coupon-invalid', reason: couponRefusals[refusal ?? 'unknown'] };
  return { kind: 'coupon', id: coupon.id, discountMinor: couponDiscountMinor(coupon, priced, now) };
}

async function overBuyerLimit(
  tx: Tx,
  draft: OrderDraft,
  lines: readonly OrderLine[],
  skus: ReadonlyMap<number, SkuForPricing>,
  bought: Map<string, number>,
): Promise<Verdict | undefined> {
  for (const line of lines) {
    const { skuId, flashSaleId, quantity } = line;
    const sku = skus.get(skuId);
    const limits: [string, number | null, () => Promise<number>][] = [
      ['all', sku?.perBuyerLimit ?? null, () => boughtBefore(tx, draft.contactKey, skuId)],
    ];
    if (flashSaleId !== null) {
      const limit = sku?.flashSale?.perBuyerLimit ?? null;
      limits.push(['sale', limit, () => boughtInSale(tx, draft.contactKey, flashSaleId)]);
    }
    for (const [what, limit, count] of limits) {
      if (limit === null) continue;
      const key = `${what} ${skuId}\n${draft.contactKey}`;
      const before = bought.get(key) ?? (await count());
      if (before + quantity > limit) return { kind: 'buyer-limit-reached', skuId, limit };
      bought.set(key, before + quantity);
    }
  }
  return undefined;
}

/** Open orders per contact, address and device, kept up to date while the batch is judged. With limits off nobody counts. */
async function readCounts(tx: Tx, input: PlaceInput, drafts: readonly OrderDraft[]) {
  const contacts = input.limits ? await countByContact(tx, unique(drafts.map((draft) => draft.contactKey))) : undefined;
  const addresses = input.limits ? await countByAddress(tx, unique(drafts.map((draft) => draft.clientKey))) : new Map();
  const deviceKeys = unique(drafts.flatMap((draft) => (draft.deviceKey ? [draft.deviceKey] : [])));
  const devices = input.limits ? await countByDevice(tx, deviceKeys) : new Map();
  const add = (counts: Map<string, number> | undefined, key: string | null) => {
    if (counts && key) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  return {
    open: (draft: OrderDraft): OpenOrders => ({
      contact: contacts?.open.get(draft.contactKey) ?? 0,
      address: addresses.get(draft.clientKey) ?? 0,
      device: draft.deviceKey ? (devices.get(draft.deviceKey) ?? 0) : 0,
    }),
    trusted: (draft: OrderDraft) => contacts?.trusted.has(draft.contactKey) ?? false,
    opened(draft: OrderDraft) {
      add(contacts?.open, draft.contactKey);
      add(addresses, draft.clientKey);
      add(devices, draft.deviceKey);
    },
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
