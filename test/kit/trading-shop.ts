/** A shop that trades through the real operations: cards, orders, payments, journal, and a payment channel made for tests. */
import { join } from 'node:path';
import { createStockCache } from '../../server/card/stock.ts';
import { draftOrder } from '../../server/order/draft-order.ts';
import type { Order } from '../../server/order/order.ts';
import { placeOrders } from '../../server/order/place-orders.ts';
import type { Channel, QueryResult, RefundResult, VerifiedPayment } from '../../server/payment/channel.ts';
import { channelRegistry } from '../../server/payment/channel-registry.ts';
import { paymentId } from '../../server/payment/payment.ts';
import { type SettleOutcome, settlePayments } from '../../server/payment/settle-payments.ts';
import { openAttempts } from '../../server/payment/start-payment.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { createFileIssueJournal } from '../../server/platform/journal/file-issue-journal.ts';
import type { IssueJournal } from '../../server/platform/journal/issue-journal.ts';
import { createNudges } from '../../server/platform/nudges.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { createMetrics } from '../../server/platform/observe/metrics.ts';
import type { WorldOfScans } from '../../server/reconcile/run-scans.ts';
import { createDemandMeter } from '../../server/risk/reservation.ts';
import { type CardShelf, newCardShelf, region } from './card-shelf.ts';
import { type MovingClock, movingClock } from './moving-clock.ts';

export interface TradingShop extends CardShelf {
  clock: MovingClock;
  world: WorldOfScans;
  /** What the channel `testpay` answers, by attempt or refund number; unknown ones get `unpaid` and `succeeded`. */
  answers: { query: Map<string, QueryResult | Error>; refund: Map<string, RefundResult> };
  /** An SKU with so many cards. */
  stockedSku(cards: number): Promise<number>;
  place(lines: readonly { skuId: number; quantity: number }[], contact?: string): Promise<Order>;
  /** Opens the first attempt of an order at the channel, as the cashier page does. */
  open(order: Order): Promise<string>;
  payment(order: Order, more?: Partial<VerifiedPayment>): VerifiedPayment;
  pay(order: Order, more?: Partial<VerifiedPayment>): Promise<SettleOutcome>;
}

export async function newTradingShop(
  dialect: DialectName,
  options: { mailEnabled?: boolean } = {},
): Promise<TradingShop> {
  const clock = movingClock();
  const shelf = await newCardShelf(dialect, clock);
  const { database } = shelf;
  const journalFolder = join(shelf.folder, 'issue-journal');
  const journal: IssueJournal = createFileIssueJournal({ folder: journalFolder, instance: 'test', clock });
  const stock = createStockCache({ database, clock, region });
  const nudges = createNudges();
  const answers: TradingShop['answers'] = { query: new Map(), refund: new Map() };
  const channel = testChannel(answers);
  const channels = channelRegistry([channel]);
  const mailEnabled = options.mailEnabled ?? false;
  const trade = { database, clock, region, journal, stock, nudges, mailEnabled };
  const settle = async (payment: VerifiedPayment) => (await settlePayments(trade, [payment]))[0] as SettleOutcome;
  const world: WorldOfScans = {
    ...trade,
    channels,
    settle,
    journalFolder,
    log: createLog('silent'),
    metrics: createMetrics(),
  };
  let orders = 0;
  let serial = 0;
  const payment = (order: Order, more: Partial<VerifiedPayment> = {}): VerifiedPayment => ({
    channel: channel.code,
    tradeNo: `T${order.id}`,
    outTradeNo: paymentId(order.id, 1),
    amountMinor: order.totalMinor,
    currency: order.currency,
    merchant: channel.merchant,
    paidAt: clock.now(),
    source: 'callback',
    raw: '{}',
    ...more,
  });
  return {
    ...shelf,
    clock,
    world,
    answers,
    payment,
    pay: (order, more) => settle(payment(order, more)),
    async stockedSku(cards) {
      const skuId = await shelf.newSku();
      const text = Array.from({ length: cards }, () => `N${++serial}----secret-${serial}`).join('\n');
      if (cards > 0) await shelf.importText(skuId, text);
      return skuId;
    },
    async place(lines, contact = `buyer${++orders}@example.com`) {
      const body = { lines: [...lines], contact };
      const request = { body, idempotencyKey: undefined, clientAddress: '10.0.0.1', deviceId: undefined, userId: null };
      const draft = await draftOrder({ clock, region }, request);
      const demand = createDemandMeter(clock.now);
      const [outcome] = await placeOrders({ database, clock, nudges, region, limits: false, demand }, [draft]);
      if (outcome?.kind !== 'placed') throw new Error(`not placed: ${JSON.stringify(outcome)}`);
      return outcome.order;
    },
    async open(order) {
      const [outcome] = await openAttempts({ database, clock }, [{ orderId: order.id, channel }]);
      if (outcome?.kind !== 'opened') throw new Error(`not opened: ${JSON.stringify(outcome)}`);
      return outcome.payment.id;
    },
    async close() {
      await journal.close();
      await shelf.close();
    },
  };
}

function testChannel(answers: TradingShop['answers']): Channel {
  const reply = { status: 200, contentType: 'text/plain', body: 'success' };
  return {
    code: 'testpay',
    kind: 'testpay',
    name: { zh: '测试', en: 'Test' },
    currencies: ['CNY'],
    sandbox: true,
    merchant: 'test-merchant',
    lateMs: 0,
    acknowledge: { success: reply, failure: { ...reply, status: 400, body: 'fail' } },
    prepare: (attempt) => ({ type: 'redirect', url: `https://pay.example/${attempt.outTradeNo}` }),
    create: async () => ({ kind: 'unavailable', reason: 'prepared' }),
    verify: () => ({ kind: 'rejected', reason: 'tests settle directly' }),
    async query({ outTradeNo }) {
      const answer = answers.query.get(outTradeNo) ?? { kind: 'unpaid' };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    close: async () => ({ kind: 'closed' }),
    refund: async ({ refundNo }) => answers.refund.get(refundNo) ?? { kind: 'succeeded' },
    probe: async () => ({ kind: 'healthy' }),
  };
}
