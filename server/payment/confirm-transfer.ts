/**
 * A person has seen the money of a transfer by hand arrive, and says so. From then on it is a payment like any other: the same
 * settlement, with evidence that names the person and the reason.
 */
import { lockOrder } from '../order/order-store.ts';
import { type Actor, readAuditLog, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { agree } from './agreement.ts';
import type { VerifiedPayment } from './channel.ts';
import type { ChannelRegistry } from './channel-registry.ts';
import { manualKind } from './channels/manual/channel.ts';
import type { Payment } from './payment.ts';
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
  /** The amount asks for two people, and this was the first. */
  | { kind: 'proposed'; orderId: string }
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
  const said = await deps.database.transact('payment.confirm', (tx) => sayOnce(tx, request, payment, at));
  if (said === 'proposed') return { kind: 'proposed', orderId };
  if (said === 'said-before') return { kind: 'confirmed-before' };
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

const underWayMs = 60_000;

/**
 * Two people may say so at once, one with the bank's number and one without: two trades, it would seem, and the second would be
 * sent back. So the first one's word stands for a minute; after that its process has died before the money was entered, and
 * whoever says the same again goes on from there.
 */
async function sayOnce(
  tx: Tx,
  { paymentId, amountMinor, bankReference, reason, actor, requestId }: ConfirmTransferRequest,
  payment: Payment,
  at: number,
): Promise<'said' | 'said-before' | 'proposed'> {
  const { orderId, currency } = payment;
  await lockOrder(tx, orderId);
  const subject = `payment:${paymentId}`;
  const current = (await readPayments(tx, [paymentId])).get(paymentId);
  if (current && current.receivedMinor > 0) return 'said-before';
  const before = (await readAuditLog(tx, { subject, action: 'payment.confirm', limit: 1 })).entries[0];
  if (before && requestId !== undefined && before.requestId === requestId) return 'said';
  if (before && at - before.at < underWayMs) return 'said-before';
  const what = {
    action: 'confirm',
    subject,
    orderId,
    amountMinor: Math.max(amountMinor, payment.amountMinor),
    terms: { amountMinor, bankReference },
  } as const;
  if ((await agree(tx, { ...what, actor, requestId, reason }, at)) === 'proposed') return 'proposed';
  await recordAudit(tx, {
    at,
    actor,
    requestId,
    action: 'payment.confirm',
    subject,
    orderId,
    reason,
    before: { status: payment.status, amountMinor: payment.amountMinor, currency },
    after: { receivedMinor: amountMinor, currency, bankReference },
  });
  return 'said';
}
