/** A person does not want to wait for the next try of a refund: the outbox is to ask the channel now. */
import { hurryMessages, requeue } from '../../delivery/outbox-store.ts';
import { readRefund } from '../../payment/refund-store.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Nudges } from '../../platform/nudges.ts';
import { refundMessages, refundNamed } from './refund-list-store.ts';

export interface AskRefundDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
}

export type AskRefundOutcome = 'asked' | 'not-found' | 'finished';

export async function askRefundNow(deps: AskRefundDeps, by: Actor & { refundNo: string }): Promise<AskRefundOutcome> {
  const { refundNo, actor, requestId } = by;
  const known = await refundNamed(deps.database.read, refundNo);
  if (!known) return 'not-found';
  const now = deps.clock.now();
  const outcome = await deps.database.transact('refund.ask-now', async (tx): Promise<AskRefundOutcome> => {
    const refund = await readRefund(tx, refundNo);
    if (refund?.status !== 'requested') return 'finished';
    const ids = refundMessages(refundNo, known.case?.id);
    const waiting = await hurryMessages(tx, ids, now);
    // None waits: it is on its way at this moment, or was lost, which the scan of refunds would find in a minute.
    if (waiting === 0) await requeue(tx, [{ id: `refund:${refundNo}`, topic: 'refund', payload: { refundNo } }], now);
    const { orderId } = refund;
    const subject = `refund:${refundNo}`;
    await recordAudit(tx, { at: now, actor, requestId, action: 'refund.ask-now', subject, orderId });
    return 'asked';
  });
  if (outcome === 'asked') deps.nudges.send('outbox', 'refund');
  return outcome;
}
