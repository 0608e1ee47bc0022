/** A person asks the channel about a payment at once, instead of waiting for the next question of the scan. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { QueryResult } from './channel.ts';
import { readPayments } from './payment-store.ts';
import { type QueryDeps, queryPayment } from './query-payment.ts';

export async function askPaymentNow(
  deps: QueryDeps,
  { paymentId, actor, requestId }: Actor & { paymentId: string },
): Promise<QueryResult | undefined> {
  const payment = (await readPayments(deps.database.read, [paymentId])).get(paymentId);
  if (!payment) return undefined;
  const result = await queryPayment(deps, payment);
  const { orderId } = payment;
  const subject = `payment:${paymentId}`;
  const after = { outcome: result.kind };
  await deps.database.transact('payment.ask-now', (tx) =>
    recordAudit(tx, { at: deps.clock.now(), actor, requestId, action: 'payment.query', subject, orderId, after }),
  );
  deps.nudges.send('order', orderId);
  return result;
}
