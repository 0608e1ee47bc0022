import type { PaymentView } from '../../contract/shop.ts';
import type { Context } from '../context.ts';
import { paymentView } from '../payment/payment.ts';
import { type StartOutcome, startPayment } from '../payment/start-payment.ts';
import { ProblemError } from './problem.ts';

/** Begins a payment through a channel named by the buyer; nothing when none is named. */
export async function beginPayment(
  context: Context,
  orderId: string,
  code: string | undefined,
): Promise<PaymentView | undefined> {
  if (code === undefined) return undefined;
  const channel = context.channels.get(code);
  if (!channel) throw new ProblemError('channel_not_found');
  const outcome = await startPayment(context, { orderId, channel });
  if (outcome.kind !== 'started') throw startProblem(outcome);
  return paymentView(outcome.payment, outcome.action);
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
