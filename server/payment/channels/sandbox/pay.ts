/** What a payer does on the sandbox page: enters it in the gateway's books, then has the gateway call the shop. */
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { randomToken } from '../../../platform/ids.ts';
import { insertTrade, tradesOf } from './sandbox-store.ts';
import { type SandboxMessage, sandboxSignature, signatureHeader } from './wire.ts';

export const payChoices = ['pay', 'pay-twice', 'pay-late', 'pay-wrong-amount', 'fail'] as const;
export type PayChoice = (typeof payChoices)[number];

export interface PayDeps {
  database: Database;
  clock: Clock;
  secret: string;
  /** Delivers a callback to the shop over HTTP. */
  post(body: string, headers: Record<string, string>): Promise<void>;
}

export interface Payable {
  outTradeNo: string;
  amountMinor: number;
  currency: string;
  /** When the reservation of the order ends: who pays late pays two seconds after it. */
  expiresAt: number;
}

export type PayOutcome = { kind: 'done' } | { kind: 'closed' } | { kind: 'later'; at: number };

const lateByMs = 2000;

export async function pay(deps: PayDeps, payable: Payable, choice: PayChoice): Promise<PayOutcome> {
  const { outTradeNo, amountMinor, currency } = payable;
  const now = deps.clock.now();
  const closed = (await tradesOf(deps.database.read, outTradeNo)).some((trade) => trade.status === 'closed');
  if (closed) return { kind: 'closed' };
  if (choice === 'fail') {
    await call(deps, { outTradeNo, tradeNo: newTradeNo(), amountMinor, currency, status: 'failed', timestamp: now });
    return { kind: 'done' };
  }
  const paid = choice === 'pay-wrong-amount' ? Math.max(0, amountMinor - 1) : amountMinor;
  const paidAt = choice === 'pay-late' ? Math.max(now, payable.expiresAt) + lateByMs : now;
  const tradeNos = choice === 'pay-twice' ? [newTradeNo(), newTradeNo()] : [newTradeNo()];
  for (const tradeNo of tradeNos) {
    const trade = {
      outTradeNo,
      tradeNo,
      status: 'paid',
      amountMinor: paid,
      currency,
      refundedMinor: 0,
      refundNos: [],
      paidAt,
    } as const;
    await deps.database.transact('sandbox.pay', (tx) => insertTrade(tx, { ...trade, refundNos: [] }, now));
  }
  const messages = tradeNos.map(
    (tradeNo): SandboxMessage => ({
      outTradeNo,
      tradeNo,
      amountMinor: paid,
      currency,
      status: 'paid',
      timestamp: paidAt,
    }),
  );
  if (paidAt > now) {
    // If this process ends before then, the shop finds the money by asking: the books above say so.
    setTimeout(
      () => void Promise.all(messages.map((message) => call(deps, message))).catch(() => undefined),
      paidAt - now,
    ).unref();
    return { kind: 'later', at: paidAt };
  }
  for (const message of messages) await call(deps, message);
  return { kind: 'done' };
}

/** A callback that does not get through is lost, as it may be in life; the query scan finds the payment. */
async function call(deps: PayDeps, message: SandboxMessage): Promise<void> {
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/json', [signatureHeader]: sandboxSignature(body, deps.secret) };
  await deps.post(body, headers).catch(() => undefined);
}

function newTradeNo(): string {
  return `SB${randomToken().replace(/[-_]/g, '0')}`;
}
