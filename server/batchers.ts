/** Group commit: concurrent calls of each hot operation share a transaction (platform/batcher.ts). */
import type { StockCache } from './card/stock.ts';
import type { Config } from './config.ts';
import { type OrderDraft, type PlaceDeps, type PlaceOutcome, placeOrders } from './order/place-orders.ts';
import type { VerifiedPayment } from './payment/channel.ts';
import { checkOut } from './payment/check-out.ts';
import { type SettleDeps, type SettleOutcome, settlePayments } from './payment/settle-payments.ts';
import { type AttemptOutcome, type AttemptRequest, openAttempts } from './payment/start-payment.ts';
import { type Batcher, createBatcher, createTurnstile } from './platform/batcher.ts';
import { DatabaseError } from './platform/db/errors.ts';
import { createDemandMeter } from './risk/reservation.ts';

const maxQueue = 20_000;
/** SQLite: one that runs and one on its way to the thread. MySQL: two each of orders and settlements, committing side by side. */
const batchesAtOnce = { sqlite: 2, mysql: 4 };
const batchesSideBySide = { sqlite: 1, mysql: 2 };

export interface Batchers {
  orders: Batcher<OrderDraft, PlaceOutcome>;
  attempts: Batcher<AttemptRequest, AttemptOutcome>;
  settlements: Batcher<VerifiedPayment, SettleOutcome>;
}

type Parts = Omit<PlaceDeps, 'demand'> & SettleDeps & { config: Pick<Config, 'batchSize'>; stock: StockCache };

export function createBatchers(parts: Parts): Batchers {
  const demand = createDemandMeter(parts.clock.now);
  // A batch whose transaction could not be brought through for want of a database has no culprit among its members.
  const mayBeOneMember = (error: unknown) => !(error instanceof DatabaseError) || error.errorClass === 'fatal';
  const turnstile = createTurnstile(batchesAtOnce[parts.database.dialect]);
  const sideBySide = batchesSideBySide[parts.database.dialect];
  const common = { turnstile, sideBySide, mayBeOneMember, maxSize: parts.config.batchSize, maxQueue };
  return {
    orders: createBatcher({
      name: 'order.place',
      ...common,
      async run(drafts: readonly OrderDraft[]) {
        const outcomes = await placeOrders({ ...parts, demand }, drafts, checkOut);
        for (const outcome of outcomes)
          if (outcome.kind === 'placed' && !outcome.repeated) takeFromStock(parts.stock, outcome);
        return outcomes;
      },
    }),
    attempts: createBatcher({
      name: 'payment.open',
      ...common,
      run: (requests: readonly AttemptRequest[]) => openAttempts(parts, requests),
    }),
    settlements: createBatcher({
      name: 'payment.settle',
      ...common,
      run: (payments: readonly VerifiedPayment[]) => settlePayments(parts, payments),
    }),
  };
}

function takeFromStock(stock: StockCache, placed: Extract<PlaceOutcome, { kind: 'placed' }>): void {
  for (const line of placed.order.lines) if (line.delivery === 'cards') stock.adjust(line.skuId, -line.quantity);
}
