/** How an order comes to stand in each state, with one exclusive card or with work for a person. */
import assert from 'node:assert/strict';
import type { Order } from '../../../server/order/order.ts';
import { cancelOrder } from '../../../server/payment/cancel-order.ts';
import type { Channel } from '../../../server/payment/channel.ts';
import { channelRegistry } from '../../../server/payment/channel-registry.ts';
import { failAttempt } from '../../../server/payment/fail-attempt.ts';
import { refundsOfOrder } from '../../../server/payment/refund-store.ts';
import { requestRefund } from '../../../server/payment/request-refund.ts';
import { resolveReviewCase } from '../../../server/payment/resolve-review-case.ts';
import { openCasesOfOrder } from '../../../server/payment/review-store.ts';
import { sendRefund } from '../../../server/payment/send-refund.ts';
import type { SettleDeps } from '../../../server/payment/settle-payments.ts';
import { openAttempts } from '../../../server/payment/start-payment.ts';
import { runScan, type WorldOfScans } from '../../../server/reconcile/run-scans.ts';
import { region } from '../../kit/card-shelf.ts';
import { makeOverdue } from '../../kit/order-time.ts';
import type { TradingShop } from '../../kit/trading-shop.ts';
import { statesOf, type Transition, transitionsBetween } from './shop-states.ts';

export interface Stage {
  shop: TradingShop;
  deps: WorldOfScans & SettleDeps;
  /** A channel that must be asked before a payer sees anything; its attempts begin as `created`. */
  slow: Channel;
  cardsSku: number;
  manualSku: number;
  /** Reports what changed since the last look. */
  look(): Promise<void>;
  /** What changed meanwhile is nobody's doing. */
  forget(): Promise<void>;
}

export async function newStage(shop: TradingShop, report: (transition: Transition) => void): Promise<Stage> {
  const channel = shop.world.channels.get('testpay') ?? assert.fail();
  const slow: Channel = { ...channel, code: 'slowpay', prepare: undefined };
  const deps = { ...shop.world, channels: channelRegistry([channel, slow]), region, mailEnabled: false };
  let before = await statesOf(shop.database.read);
  return {
    shop,
    deps,
    slow,
    cardsSku: await shop.stockedSku(800),
    manualSku: await shop.newSku('manual'),
    async look() {
      const now = await statesOf(shop.database.read);
      const changes = transitionsBetween(before, now);
      before = now;
      changes.forEach(report);
    },
    async forget() {
      before = await statesOf(shop.database.read);
    },
  };
}

type Make = (stage: Stage) => Promise<Order>;

const placed = (lines: (stage: Stage) => number[]): Make => {
  return async (stage) => {
    const order = await stage.shop.place(lines(stage).map((skuId) => ({ skuId, quantity: 1 })));
    await stage.shop.open(order);
    return order;
  };
};

const then = (make: Make, act: (stage: Stage, order: Order) => Promise<unknown>): Make => {
  return async (stage) => {
    const order = await make(stage);
    await act(stage, order);
    return order;
  };
};

export const payWrongly = ({ shop }: Stage, order: Order) => shop.pay(order, { amountMinor: order.totalMinor - 1 });
export const expire = async ({ shop, deps }: Stage, order: Order) => {
  await makeOverdue(shop, [order.id]);
  await runScan(deps, 'expire-orders');
};

export async function refundAll(
  { deps, look }: Stage,
  { id }: Order,
  answer = 'succeeded' as 'succeeded' | 'rejected',
) {
  const request = { orderId: id, amountMinor: undefined, mode: 'channel', reason: 'test', actor: 'test' } as const;
  await requestRefund(deps, request);
  await look();
  const refuse: Channel = {
    ...(deps.channels.get('testpay') as Channel),
    refund: async () => ({ kind: 'rejected', reason: 'no' }),
  };
  const channels = answer === 'rejected' ? channelRegistry([refuse]) : deps.channels;
  for (const refund of await refundsOfOrder(deps.database.read, id))
    await sendRefund({ ...deps, channels }, refund.refundNo);
}

export async function openCreated({ shop, slow }: Stage, { id }: Order): Promise<string> {
  const [outcome] = await openAttempts(shop, [{ orderId: id, channel: slow }]);
  return outcome?.kind === 'opened' ? outcome.payment.id : '';
}

const cards = placed(({ cardsSku }) => [cardsSku]);
const manual = placed(({ manualSku }) => [manualSku]);
const both = placed(({ cardsSku, manualSku }) => [cardsSku, manualSku]);
const pay = ({ shop }: Stage, order: Order) => shop.pay(order);
const cancel = ({ deps }: Stage, order: Order) => cancelOrder(deps, order.id);

const closeCase = async ({ deps }: Stage, { id }: Order) => {
  for (const { id: caseId } of await openCasesOfOrder(deps.database.read, id)) {
    await resolveReviewCase(deps, { caseId, action: 'close', reason: 'test', actor: 'test' });
  }
};

/** A database that lost rows: what the order was handed is gone, though it is paid. */
const loseIssues = ({ shop: { database, clock } }: Stage, { id }: Order) => {
  clock.advance(120_000);
  return database.transact('test.lose', async (tx) => {
    await tx.deleteFrom('card_issues').where('order_id', '=', id).execute();
    await tx.updateTable('card_keys').set({ status: 4 }).where('order_id', '=', id).execute();
  });
};

/** Damage by hand is not a transition of the program, so it happens while the order is made. */
export const ordersInStates: Readonly<Record<string, Make>> = {
  pending: cards,
  'pending, work for a person': manual,
  'pending, attempt not begun': then(
    placed(({ cardsSku }) => [cardsSku]),
    openCreated,
  ),
  'pending, attempt failed': then(cards, ({ deps }, { id }) => failAttempt(deps, 'testpay', `${id}01`)),
  expired: then(cards, expire),
  'expired, work for a person': then(manual, expire),
  cancelled: then(cards, cancel),
  'cancelled, work for a person': then(manual, cancel),
  'cancelled, with money that nobody gave back': then(then(cards, payWrongly), closeCase),
  paid: then(manual, pay),
  'paid, but what it had is lost': then(then(both, pay), loseIssues),
  delivered: then(cards, pay),
  review: then(cards, payWrongly),
  'review, work for a person': then(manual, payWrongly),
  refunded: then(then(cards, pay), refundAll),
};
