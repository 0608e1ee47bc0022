/**
 * How the shop does, for the first page of the administration: figures of a range, and what is the matter now.
 * Every owner's page asks again each ten seconds, so an answer is kept for a moment and callers at one moment share it.
 */
import type { Overview, OverviewQuery } from '../../../contract/admin-overview.ts';
import type { StockCache } from '../../card/stock.ts';
import { type IdRange, orderIdRange } from '../../order/order-id-range.ts';
import { regionsOfOrders } from '../../order/order-regions-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db } from '../../platform/db/database.ts';
import { createKeptDays, type Span } from './kept-days.ts';
import {
  channelCells,
  dueMessages,
  issueWaits,
  openCasesByKind,
  orderCells,
  type WatchedSku,
  watchedSkus,
} from './overview-store.ts';
import { percentile, sumChannels, sumOrders } from './sum-cells.ts';

export interface OverviewDeps {
  database: Pick<Database, 'lagging'>;
  clock: Clock;
  stock: Pick<StockCache, 'available'>;
}

/** What the database knows; channels by code, and without how this process is. */
export type ShopFigures = Omit<Overview, 'channels' | 'system'> & {
  channels: ReturnType<typeof sumChannels>;
  outbox: Overview['system']['outbox'];
};

/** Two pages that ask each ten seconds cost one reading. */
const keptMs = 5000;
const maxKept = 50;
const maxWaits = 2000;
const maxSkus = 2000;
const maxShown = 20;

export function createOverview(deps: OverviewDeps): (query: OverviewQuery) => Promise<ShopFigures> {
  const readers = createReaders(deps);
  const kept = new Map<string, { at: number; figures: Promise<ShopFigures> }>();
  return (query) => {
    const now = deps.clock.monotonicMs();
    const key = `${query.from} ${query.to} ${query.stepMs}`;
    const found = kept.get(key);
    if (found && now - found.at < keptMs) return found.figures;
    if (kept.size >= maxKept) kept.clear();
    const figures = readFigures(deps, readers, query);
    kept.set(key, { at: now, figures });
    // A failure is nobody's answer but that of those who wait for it.
    figures.catch(() => kept.delete(key));
    return figures;
  };
}

type Readers = ReturnType<typeof createReaders>;

/** Rows of all regions, days gone by from memory. */
function createReaders({ database, clock }: OverviewDeps) {
  const inRegions =
    <C>(read: (db: Db, range: IdRange, span: Span) => Promise<C[]>) =>
    async (span: Span): Promise<C[]> => {
      const db = database.lagging;
      const cells = (await regionsOfOrders(db)).map((region) =>
        read(db, orderIdRange(region, span.from, span.to), span),
      );
      return (await Promise.all(cells)).flat();
    };
  return {
    orders: createKeptDays(clock, inRegions(orderCells)),
    payments: createKeptDays(clock, inRegions(channelCells)),
  };
}

async function readFigures(
  { database, clock, stock }: OverviewDeps,
  readers: Readers,
  query: OverviewQuery,
): Promise<ShopFigures> {
  const db = database.lagging;
  const now = clock.now();
  const [orders, payments, waits, kinds, outbox, lowStock] = await Promise.all([
    readers.orders(query),
    readers.payments(query),
    issueWaits(db, query, maxWaits),
    openCasesByKind(db),
    dueMessages(db, now),
    shortages(db, stock),
  ]);
  const { total, buckets } = sumOrders(orders);
  const { revenue, ...counts } = total;
  return {
    at: now,
    ...query,
    orders: counts,
    revenue,
    issue:
      waits.length === 0
        ? null
        : { payments: waits.length, p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99) },
    buckets,
    channels: sumChannels(payments),
    lowStock,
    review: {
      open: kinds.reduce((sum, { open }) => sum + open, 0),
      kinds: kinds as ShopFigures['review']['kinds'],
    },
    outbox,
  };
}

async function shortages(db: Db, stock: OverviewDeps['stock']): Promise<Overview['lowStock']> {
  const skus = await watchedSkus(db, maxSkus);
  const available = await stock.available(skus.map(({ skuId }) => skuId));
  const left = (sku: WatchedSku) => available.get(sku.skuId) ?? 0;
  const short = skus.filter((sku) => left(sku) <= sku.lowStockAt).sort((a, b) => left(a) - left(b));
  return { count: short.length, skus: short.slice(0, maxShown).map((sku) => ({ ...sku, available: left(sku) })) };
}
