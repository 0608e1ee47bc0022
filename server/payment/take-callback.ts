/**
 * A message of a channel, from its bytes to the answer it gets. What is not proved changes nothing. What is proved is on
 * disk, in the database and in the issue journal, before the channel hears yes.
 */

import type { Nudges } from '../platform/nudges.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import type { Acknowledgement, CallbackRequest, CallbackVerdict, Channel, VerifiedPayment } from './channel.ts';
import { failAttempt } from './fail-attempt.ts';
import { keepMessage } from './message-store.ts';
import { noteDispute } from './note-dispute.ts';
import { type NoteRefundDeps, noteRefund } from './note-refund.ts';
import { readPayments } from './payment-store.ts';
import { queryPayment } from './query-payment.ts';
import { type SettleOrRecordDeps, settleOrRecord } from './record-callback.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface TakeCallbackDeps extends NoteRefundDeps, SettleOrRecordDeps {
  nudges: Nudges;
  metrics: Pick<Metrics, 'callbacks' | 'paymentsSettled' | 'issueSeconds'>;
}

/** For the log of the request. */
export interface TakenCallback {
  answer: Acknowledgement;
  verdict: CallbackVerdict['kind'];
  /** Why it was not believed. */
  rejected?: string;
  outcome?: SettleOutcome | { kind: 'recorded' };
}

export async function takeCallback(
  deps: TakeCallbackDeps,
  channel: Channel,
  request: CallbackRequest,
): Promise<TakenCallback> {
  const startedAt = deps.clock.monotonicMs();
  const verdict = checkMerchant(channel, await channel.verify(request));
  deps.metrics.callbacks.inc({ channel: channel.code, outcome: verdict.kind });
  const { success, failure } = channel.acknowledge;
  if (verdict.kind === 'rejected')
    return { answer: verdict.answer ?? failure, verdict: 'rejected', rejected: verdict.reason };
  const yes = { answer: verdict.answer ?? success, verdict: verdict.kind };
  if (verdict.kind === 'paid') {
    const payment = await rightfulChannel(deps, channel, verdict.payment);
    const outcome = await settleOrRecord(deps, payment);
    deps.metrics.paymentsSettled.inc({ channel: channel.code, outcome: outcome.kind });
    if (outcome.kind === 'recorded') return { ...yes, answer: failure, outcome };
    if (outcome.kind === 'duplicate') await keepRepeat(deps, payment);
    deps.metrics.issueSeconds.observe((deps.clock.monotonicMs() - startedAt) / 1000);
    return { ...yes, outcome };
  }
  // Told no now, the channel says it again when the database is back.
  if (deps.degrade.recordsCallbacks()) return { ...yes, answer: failure };
  const told = await takeOther(deps, channel, verdict);
  return told ? yes : { ...yes, answer: failure };
}

/** A channel checks this itself; twice is better than money of a stranger's account. */
function checkMerchant(channel: Channel, verdict: CallbackVerdict): CallbackVerdict {
  if (verdict.kind !== 'paid' || verdict.payment.merchant === channel.merchant) return verdict;
  return { kind: 'rejected', reason: 'the money went to another merchant account' };
}

/** @returns whether the channel may stop telling us */
async function takeOther(
  deps: TakeCallbackDeps,
  channel: Channel,
  verdict: Exclude<CallbackVerdict, { kind: 'paid' | 'rejected' }>,
): Promise<boolean> {
  switch (verdict.kind) {
    case 'refund':
      await noteRefund(deps, verdict.notice);
      return true;
    case 'disputed':
      await noteDispute(deps, verdict.notice);
      return true;
    case 'failed':
      if (verdict.raw) await keep(deps, channel, 'failed', verdict.outTradeNo, verdict.raw);
      await failAttempt(deps, channel.code, verdict.outTradeNo);
      return true;
    case 'ask':
      if (verdict.raw) await keep(deps, channel, 'ask', verdict.outTradeNo, verdict.raw);
      return askNow(deps, verdict.outTradeNo);
    case 'ignored':
      if (verdict.raw) await keep(deps, channel, 'ignored', null, verdict.raw);
      return true;
  }
}

async function askNow(deps: TakeCallbackDeps, outTradeNo: string): Promise<boolean> {
  const payment = (await readPayments(deps.database.read, [outTradeNo])).get(outTradeNo);
  if (!payment) return true;
  return (await queryPayment(deps, payment)).kind !== 'unknown';
}

async function keep(
  { database, clock }: TakeCallbackDeps,
  channel: Channel,
  kind: 'failed' | 'ask' | 'ignored',
  paymentId: string | null,
  raw: string,
): Promise<void> {
  const message = { channel: channel.code, kind, paymentId, tradeNo: null, raw };
  await database.transact('payment.message', (tx) => keepMessage(tx, message, clock.now()));
}

/** The channel tells it again, perhaps in other words. Not worth a failed answer. */
async function keepRepeat({ database, clock }: TakeCallbackDeps, payment: VerifiedPayment): Promise<void> {
  const { channel, outTradeNo, tradeNo, raw } = payment;
  const message = { channel, kind: 'repeat' as const, paymentId: outTradeNo, tradeNo, raw };
  await database.transact('payment.message', (tx) => keepMessage(tx, message, clock.now())).catch(() => undefined);
}

/**
 * Two channels of one kind may share an account and its key (one for each wallet, say). A message that came to the address
 * of one and belongs to an attempt of the other is that other's: taken as a payment of its own it would look like a second
 * one, and be given back while the buyer keeps the cards.
 */
async function rightfulChannel(
  deps: TakeCallbackDeps,
  channel: Channel,
  payment: VerifiedPayment,
): Promise<VerifiedPayment> {
  const sharing = deps.channels.sharing(channel);
  if (sharing.length === 0) return payment;
  const attempt = (await readPayments(deps.database.read, [payment.outTradeNo])).get(payment.outTradeNo);
  if (!attempt || attempt.channel === channel.code) return payment;
  return sharing.includes(attempt.channel) ? { ...payment, channel: attempt.channel } : payment;
}
