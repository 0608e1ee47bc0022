/** Messages that a network could not deliver, asked for afterwards and acted upon by the operations that serve callbacks. */
import type { CallbackVerdict } from './channel.ts';
import { failAttempt } from './fail-attempt.ts';
import { noteDispute } from './note-dispute.ts';
import { type NoteRefundDeps, noteRefund } from './note-refund.ts';
import { readPayments } from './payment-store.ts';
import { queryPayment } from './query-payment.ts';

/** @returns whether it was something to act upon */
export async function takeMissed(deps: NoteRefundDeps, channel: string, verdict: CallbackVerdict): Promise<boolean> {
  switch (verdict.kind) {
    case 'paid':
      return (await deps.settle(verdict.payment)).kind !== 'duplicate';
    case 'refund':
      await noteRefund(deps, verdict.notice);
      return true;
    case 'disputed':
      await noteDispute(deps, verdict.notice);
      return true;
    case 'failed':
      await failAttempt(deps, channel, verdict.outTradeNo);
      return true;
    case 'ask': {
      const payment = (await readPayments(deps.database.read, [verdict.outTradeNo])).get(verdict.outTradeNo);
      if (payment) await queryPayment(deps, payment);
      return payment !== undefined;
    }
    default:
      return false;
  }
}
