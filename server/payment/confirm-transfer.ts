/**
 * A person has seen the money of a transfer by hand arrive, and says so. From then on it is a payment like any other: the same
 * settlement, with evidence that names the person and the reason.
 */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { VerifiedPayment } from './channel.ts';
import type { ChannelRegistry } from './channel-registry.ts';
import { manualKind } from './channels/manual/channel.ts';
import { readPayments } from './payment-store.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface ConfirmTransferRequest extends Actor {
  paymentId: string;
  /** What really arrived, in the currency of the attempt. */
  amountMinor: number;
  /** The bank's number of the transfer; one transfer pays one order. */
  bankReference: string | null;
  reason: string;
}

export type ConfirmTransferOutcome =
  | { kind: 'confirmed'; orderId: string; settled: SettleOutcome }
  | { kind: 'payment-not-found' }
  | { kind: 'not-by-hand' }
  | { kind: 'confirmed-before' };

interface Deps {
  database: Database;
  clock: Clock;
  channels: ChannelRegistry;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
}

export async function confirmTransfer(deps: Deps, request: ConfirmTransferRequest): Promise<ConfirmTransferOutcome> {
  const { paymentId, amountMinor, bankReference, reason, actor } = request;
  const payment = (await readPayments(deps.database.read, [paymentId])).get(paymentId);
  if (!payment) return { kind: 'payment-not-found' };
  const channel = deps.channels.get(payment.channel);
  if (channel?.kind !== manualKind.kind) return { kind: 'not-by-hand' };
  // Said twice, with and without the bank's number, it would look like two transfers.
  if (payment.receivedMinor > 0) return { kind: 'confirmed-before' };
  const { orderId, currency } = payment;
  const at = deps.clock.now();
  // First on record who says so, then the money: never the other way round.
  await deps.database.transact('payment.confirm', (tx) =>
    recordAudit(tx, {
      at,
      actor,
      requestId: request.requestId,
      action: 'payment.confirm',
      subject: `payment:${paymentId}`,
      orderId,
      reason,
      before: { status: payment.status, amountMinor: payment.amountMinor, currency },
      after: { receivedMinor: amountMinor, currency, bankReference },
    }),
  );
  const settled = await deps.settle({
    channel: channel.code,
    tradeNo: bankReference ?? `M${paymentId}`,
    outTradeNo: paymentId,
    amountMinor,
    currency,
    merchant: channel.merchant,
    paidAt: null,
    source: 'manual',
    raw: JSON.stringify({ confirmedBy: actor, reason, bankReference, amountMinor, currency, at }),
  });
  return { kind: 'confirmed', orderId, settled };
}
