/** Events that Stripe could not deliver, asked for by our own key: as good as signed ones. Most often the shop was away. */
import type { CallbackVerdict, MissedResult } from '../../channel.ts';
import { faultOf, type StripeClient } from './client.ts';
import { eventVerdict, type StripeAccount } from './wire.ts';

const types = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
];
const atMost = 1000;

export async function missedEvents(
  client: StripeClient,
  account: StripeAccount,
  sinceMs: number,
): Promise<MissedResult> {
  const verdicts: CallbackVerdict[] = [];
  const created = { gte: Math.floor(sinceMs / 1000) };
  try {
    for await (const event of client.events.list({ delivery_success: false, types, created, limit: 100 })) {
      verdicts.push(eventVerdict({ ...event }, account, JSON.stringify(event)));
      if (verdicts.length >= atMost) break;
    }
  } catch (error) {
    return { kind: 'unknown', reason: faultOf(error).reason };
  }
  // They are listed newest first, and are taken in as they happened.
  return { kind: 'missed', verdicts: verdicts.reverse() };
}
