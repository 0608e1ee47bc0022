import type { PaymentAction, PaymentView } from '../../contract/shop.ts';
import type { Context } from '../context.ts';
import type { OrderDraft, PlaceOutcome } from '../order/place-orders.ts';
import { firstAttempt } from '../payment/check-out.ts';
import { paymentView } from '../payment/payment.ts';
import { type Payer, preparedAction, type StartOutcome, startPayment } from '../payment/start-payment.ts';
import { ProblemError } from './problem.ts';

/** Begins a payment through a channel named by the buyer; nothing when none is named. */
export async function beginPayment(
  context: Context,
  orderId: string,
  code: string | undefined,
  payer: Payer,
): Promise<PaymentView | undefined> {
  if (code === undefined) return undefined;
  if (!(await context.channels.find(code))) throw new ProblemError('channel_not_found');
  const channel = context.channels.payable(code);
  if (!channel) throw new ProblemError('channel_unavailable');
  const outcome = await startPayment(context, { orderId, channel, payer });
  if (outcome.kind !== 'started') throw startProblem(outcome);
  return paymentView(outcome.payment, outcome.action);
}

/** A channel that begins without being asked has its first attempt entered together with the order. */
export function firstChannel(context: Context, code: string | undefined): OrderDraft['firstChannel'] {
  const channel = code === undefined ? undefined : context.channels.payable(code);
  return channel?.prepare ? { code: channel.code, currencies: channel.currencies } : null;
}

/** The payment that goes out with the reply to an order; entered with it, or begun now. */
export async function firstPayment(
  context: Context,
  placed: Extract<PlaceOutcome, { kind: 'placed' }>,
  code: string | undefined,
  payer: Payer,
): Promise<PaymentView | undefined> {
  const { order, repeated } = placed;
  const channel = code === undefined ? undefined : context.channels.payable(code);
  if (repeated || !channel?.prepare || !channel.currencies.includes(order.currency))
    return beginPayment(context, order.id, code, payer);
  const payment = firstAttempt(order, channel.code, order.createdAt);
  return paymentView(payment, preparedAction(channel, order, payment, payer) as PaymentAction);
}

function startProblem(outcome: Exclude<StartOutcome, { kind: 'started' }>): ProblemError {
  switch (outcome.kind) {
    case 'order-not-found':
      return new ProblemError('order_not_found');
    case 'order-not-payable':
      return new ProblemError('order_not_payable');
    case 'currency-not-taken':
      return new ProblemError('channel_unavailable', 'This channel does not take the currency of the order.');
    case 'too-many-attempts':
      return new ProblemError('too_many_attempts');
    case 'channel-unavailable':
      return new ProblemError('channel_unavailable');
  }
}
