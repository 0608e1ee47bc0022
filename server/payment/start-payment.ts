/**
 * Begins a payment: the attempt with its number is on record first, then the channel is asked. A crash in between leaves
 * an attempt that the query scan asks about, never a payment that we do not know.
 */
import type { PaymentAction } from '../../contract/shop.ts';
import type { Order } from '../order/order.ts';
import { readOrders } from '../order/order-store.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Attempt, Channel } from './channel.ts';
import { maxAttempts, nextQueryAt, type Payment, paymentId } from './payment.ts';
import { endPayment, insertPayments, paymentsOfOrders, storeAction } from './payment-store.ts';

/** What we know of the person at the other end, for the networks that want to know it. */
export type Payer = Pick<Attempt, 'clientIp' | 'device' | 'openid'>;

export interface AttemptRequest {
  orderId: string;
  channel: Channel;
}

export type AttemptOutcome =
  | { kind: 'opened'; payment: Payment; order: Order }
  | { kind: 'order-not-found' }
  | { kind: 'order-not-payable' }
  | { kind: 'currency-not-taken' }
  | { kind: 'too-many-attempts' };

/** An attempt this young was refused at its first try: another number would be refused as well. */
const sameMomentMs = 2000;

interface Deps {
  database: Database;
  clock: Clock;
}

/** One transaction for a group of requests (batcher in context.ts). An attempt that waits already is given again. */
export async function openAttempts(deps: Deps, requests: readonly AttemptRequest[]): Promise<AttemptOutcome[]> {
  const outcomes = await deps.database.transact('payment.open', async (tx) => {
    const result = await openIn(tx, deps.clock.now(), requests);
    passCheckpoint('payment.before-commit');
    return result;
  });
  passCheckpoint('payment.after-commit');
  return outcomes;
}

async function openIn(tx: Tx, now: number, requests: readonly AttemptRequest[]): Promise<AttemptOutcome[]> {
  const orders = await readOrders(
    tx,
    requests.map((request) => request.orderId),
    { lock: true },
  );
  const attempts = Map.groupBy(await paymentsOfOrders(tx, [...orders.keys()]), (payment) => payment.orderId);
  const fresh: Payment[] = [];
  const outcomes = requests.map(({ orderId, channel }): AttemptOutcome => {
    const order = orders.get(orderId);
    if (!order) return { kind: 'order-not-found' };
    if (order.status !== 'pending' || order.expiresAt <= now) return { kind: 'order-not-payable' };
    if (!channel.currencies.includes(order.currency)) return { kind: 'currency-not-taken' };
    const before = attempts.get(orderId) ?? [];
    const waiting = before.find(
      (one) => one.channel === channel.code && (one.status === 'pending' || one.status === 'created'),
    );
    if (waiting) return { kind: 'opened', payment: waiting, order };
    if (before.length >= maxAttempts) return { kind: 'too-many-attempts' };
    const payment = newAttempt(order, channel, Math.max(0, ...before.map((one) => one.attemptNo)) + 1, now);
    attempts.set(orderId, [...before, payment]);
    fresh.push(payment);
    return { kind: 'opened', payment, order };
  });
  await insertPayments(tx, fresh, now);
  return outcomes;
}

function newAttempt(order: Order, channel: Channel, attemptNo: number, now: number): Payment {
  const id = paymentId(order.id, attemptNo);
  return {
    id,
    orderId: order.id,
    attemptNo,
    channel: channel.code,
    reference: null,
    status: channel.prepare ? 'pending' : 'created',
    amountMinor: order.totalMinor,
    currency: order.currency,
    receivedMinor: 0,
    refundedMinor: 0,
    tradeNo: null,
    action: null,
    createdAt: now,
    nextQueryAt: nextQueryAt(now, 0, now),
    queryCount: 0,
    version: 0,
  };
}

function attemptOf(order: Order, payment: Payment, payer: Payer): Attempt {
  const first = order.lines[0];
  const subject = `${first?.productName ?? order.id} ${first?.skuName ?? ''}`.trim();
  return {
    outTradeNo: payment.id,
    amountMinor: order.totalMinor,
    currency: order.currency,
    subject: subject.slice(0, 100),
    createdAt: payment.createdAt,
    expiresAt: order.expiresAt,
    lang: order.lang,
    ...payer,
  };
}

/** What the payer is shown, for a channel that needs nobody's answer for it. */
export function preparedAction(
  channel: Channel,
  order: Order,
  payment: Payment,
  payer: Payer,
): PaymentAction | undefined {
  return channel.prepare?.(attemptOf(order, payment, payer));
}

export type StartOutcome =
  | { kind: 'started'; payment: Payment; action: PaymentAction }
  | { kind: 'channel-unavailable'; reason: string }
  | Exclude<AttemptOutcome, { kind: 'opened' }>;

export async function startPayment(
  deps: Deps & { openAttempt(request: AttemptRequest): Promise<AttemptOutcome> },
  request: AttemptRequest & { payer: Payer },
): Promise<StartOutcome> {
  const opened = await deps.openAttempt(request);
  if (opened.kind !== 'opened') return opened;
  const { payment, order } = opened;
  const known = payment.action ?? preparedAction(request.channel, order, payment, request.payer);
  if (known) return { kind: 'started', payment, action: known };
  const created = await request.channel.create(attemptOf(order, payment, request.payer));
  if (created.kind === 'refused') return afterRefusal(deps, request, payment, created.reason);
  if (created.kind !== 'created') return { kind: 'channel-unavailable', reason: created.reason };
  const { action, reference = null } = created;
  const now = deps.clock.now();
  await deps.database.transact('payment.action', (tx) =>
    storeAction(tx, payment.id, { action, reference }, nextQueryAt(payment.createdAt, 0, now), now),
  );
  return { kind: 'started', payment: { ...payment, status: 'pending', action, reference }, action };
}

/**
 * The network will not begin this attempt: it has failed. Some say so of a number whose first answer was lost; then the
 * next number is tried, once.
 */
async function afterRefusal(
  deps: Parameters<typeof startPayment>[0],
  request: AttemptRequest & { payer: Payer; isSecond?: boolean },
  payment: Payment,
  reason: string,
): Promise<StartOutcome> {
  await deps.database.transact('payment.refused', (tx) => endPayment(tx, payment.id, 'failed', deps.clock.now()));
  if (request.isSecond || deps.clock.now() - payment.createdAt < sameMomentMs)
    return { kind: 'channel-unavailable', reason };
  return startPayment(deps, { ...request, isSecond: true } as typeof request);
}
