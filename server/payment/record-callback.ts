/**
 * A verified payment that cannot be settled now is kept as evidence and replayed when the database is back. The channel is
 * not told yes before the database has it, so it keeps calling too; whichever comes first settles it.
 */
import { type Degrade, isAway } from '../degrade/degrade.ts';
import type { Intent } from '../degrade/intent.ts';
import type { Clock } from '../platform/clock.ts';
import { sha256 } from '../platform/ids.ts';
import type { VerifiedPayment } from './channel.ts';
import type { SettleOutcome } from './settle-payments.ts';

export interface SettleOrRecordDeps {
  clock: Clock;
  degrade: Pick<Degrade, 'book' | 'recordsCallbacks' | 'gaveUp'>;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
}

export async function settleOrRecord(
  deps: SettleOrRecordDeps,
  payment: VerifiedPayment,
): Promise<SettleOutcome | { kind: 'recorded' }> {
  const { degrade, settle } = deps;
  if (!degrade.recordsCallbacks()) {
    try {
      return await settle(payment);
    } catch (error) {
      if (!isAway(error)) throw error;
      degrade.gaveUp();
    }
  }
  // A full book loses nothing: the channel was not told yes.
  await degrade.book.record(callbackIntent(payment, deps.clock.now()));
  return { kind: 'recorded' };
}

function callbackIntent(payment: VerifiedPayment, now: number): Intent {
  const id = `C${sha256(`${payment.channel}\n${payment.tradeNo}`)}`;
  return { id, kind: 'callback', round: 1, at: now, ticket: null, payload: payment };
}

export function paymentOf({ id, payload }: Intent): VerifiedPayment {
  const payment = payload as Partial<VerifiedPayment>;
  const sound =
    typeof payment.channel === 'string' &&
    typeof payment.tradeNo === 'string' &&
    typeof payment.outTradeNo === 'string' &&
    Number.isSafeInteger(payment.amountMinor);
  if (!sound) throw new Error(`intent ${id} holds no payment`);
  return payload as VerifiedPayment;
}
