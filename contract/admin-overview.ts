/** What the first page of the administration shows: figures of a range of time, and how the shop is now. */
import { type Static, Type } from 'typebox';
import { Currency, EpochMs, RowId } from './common.ts';
import { reviewKinds } from './states.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const Count = Type.Integer({ minimum: 0 });

export const overviewLimits = { rangeMs: 400 * 86_400_000, buckets: 800, minStepMs: 60_000 } as const;

export const OverviewQuery = Type.Object({
  from: EpochMs,
  to: EpochMs,
  stepMs: Type.Integer({
    minimum: overviewLimits.minStepMs,
    maximum: overviewLimits.rangeMs,
    description: 'Length of a bucket; the first begins at `from`. At most 800 buckets and 400 days.',
  }),
});
export type OverviewQuery = Static<typeof OverviewQuery>;

export const Revenue = Type.Object({
  currency: Currency,
  receivedMinor: Type.Integer(),
  refundedMinor: Type.Integer(),
});
export type Revenue = Static<typeof Revenue>;
const counts = {
  placed: Count,
  paid: Type.Integer({ minimum: 0, description: 'Of those placed, the ones for which money came' }),
  delivered: Type.Integer({ minimum: 0, description: 'Of those placed, the ones handed over completely' }),
};
export const OverviewBucket = Type.Object({ at: EpochMs, ...counts, revenue: Type.Array(Revenue) });
export type OverviewBucket = Static<typeof OverviewBucket>;

export const channelStates = ['works', 'off', 'blocked', 'fault'] as const;
export const OverviewChannel = Type.Object({
  code: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  state: literals(channelStates),
  attempts: Type.Integer({ minimum: 0, description: 'Payments begun in the range' }),
  succeeded: Type.Integer({ minimum: 0, description: 'Of those, the ones that brought money' }),
});
export type OverviewChannel = Static<typeof OverviewChannel>;

export const Overview = Type.Object({
  at: EpochMs,
  from: EpochMs,
  to: EpochMs,
  stepMs: Type.Integer(),
  /** Of the orders placed in the range. */
  orders: Type.Object(counts),
  revenue: Type.Array(Revenue),
  issue: Type.Union(
    [
      Type.Object({
        payments: Count,
        p50Ms: Type.Integer({ minimum: 0 }),
        p99Ms: Type.Integer({ minimum: 0 }),
      }),
      Type.Null(),
    ],
    { description: 'From payment to card, for the newest payments of the range (2000 at most); null without any' },
  ),
  buckets: Type.Array(OverviewBucket, { description: 'Those with orders only, oldest first' }),
  channels: Type.Array(OverviewChannel),
  lowStock: Type.Object({
    count: Count,
    skus: Type.Array(
      Type.Object({
        skuId: RowId,
        productId: RowId,
        productName: Type.String(),
        skuName: Type.String(),
        available: Count,
        lowStockAt: Count,
      }),
      { description: 'The emptiest first, 20 at most' },
    ),
  }),
  review: Type.Object({
    open: Count,
    kinds: Type.Array(
      Type.Object({ kind: literals(Object.keys(reviewKinds) as (keyof typeof reviewKinds)[]), open: Count }),
    ),
  }),
  system: Type.Object({
    mode: Type.String({ description: 'normal, degraded or replaying: of the process that answers' }),
    since: EpochMs,
    recorded: Type.Integer({ minimum: 0, description: 'Orders and callbacks that wait for the database' }),
    outbox: Type.Object({
      due: Type.Integer({ minimum: 0, description: 'Messages that should go out by now' }),
      oldestDueAt: Type.Union([EpochMs, Type.Null()]),
    }),
  }),
});
export type Overview = Static<typeof Overview>;
