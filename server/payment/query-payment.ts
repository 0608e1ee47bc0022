/** Asks a channel about one attempt and acts on the answer: settle, end, or ask again later. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { ChannelRegistry, QueryResult, VerifiedPayment } from './channel.ts';
import { attemptRef, nextQueryAt, type Payment } from './payment.ts';
import { endPayment, scheduleQuery } from './payment-store.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface QueryDeps {
  database: Database;
  clock: Clock;
  channels: ChannelRegistry;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
}

export async function queryPayment(deps: QueryDeps, payment: Payment): Promise<QueryResult> {
  const channel = deps.channels.get(payment.channel);
  const result: QueryResult = channel
    ? await channel.query(attemptRef(payment))
    : { kind: 'unknown', reason: `channel ${payment.channel} is not configured` };
  if (result.kind === 'paid' || result.kind === 'refunded') {
    await deps.settle(result.payment);
    return result;
  }
  const now = deps.clock.now();
  await deps.database.transact('payment.queried', async (tx) => {
    if (result.kind === 'closed') await endPayment(tx, payment.id, 'closed', now);
    else await scheduleQuery(tx, payment, nextQueryAt(payment.createdAt, payment.queryCount + 1, now));
  });
  return result;
}
