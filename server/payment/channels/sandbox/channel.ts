/** A channel that moves no money: for demos, tests and load. It has the manners of a real one, late money included. */
import type { PaymentAction } from '../../../../contract/shop.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { RowsChanged } from '../../../platform/db/errors.ts';
import type { Attempt, Channel, CloseResult, QueryResult, RefundOrder, RefundResult } from '../../channel.ts';
import { insertTrade, tradesOf, writeRefund } from './sandbox-store.ts';
import { sandboxMerchant, verifySandboxCallback } from './wire.ts';

export interface SandboxOptions {
  secret: string;
  baseUrl: string;
  database: Database;
  clock: Clock;
}

const answer = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });

export function sandboxChannel({ secret, baseUrl, database, clock }: SandboxOptions): Channel {
  const payPage = ({ outTradeNo }: Attempt): PaymentAction => {
    const url = `${baseUrl}/pay/sandbox/${outTradeNo}`;
    return { type: 'qr', content: url, url };
  };
  return {
    code: 'sandbox',
    kind: 'sandbox',
    name: { zh: '沙盒支付（演示，不收真钱）', en: 'Sandbox (demo, moves no money)' },
    currencies: ['CNY', 'USD', 'EUR', 'HKD'],
    sandbox: true,
    merchant: sandboxMerchant,
    lateMs: 0,
    acknowledge: { success: answer(200, 'success'), failure: answer(400, 'fail') },
    prepare: payPage,
    create: async (attempt) => ({ kind: 'created', action: payPage(attempt) }),
    verify: (request) => verifySandboxCallback(request, secret),
    query: ({ outTradeNo }) => query(database, clock, outTradeNo),
    close: ({ outTradeNo }) => close(database, clock, outTradeNo),
    refund: (order) => refund(database, clock, order),
    probe: async () => ({ kind: 'healthy' }),
  };
}

async function query(database: Database, clock: Clock, outTradeNo: string): Promise<QueryResult> {
  const trades = await tradesOf(database.read, outTradeNo);
  const paid = trades.find((trade) => trade.status === 'paid' && trade.paidAt !== null && trade.paidAt <= clock.now());
  if (!paid) return trades.some((trade) => trade.status === 'closed') ? { kind: 'closed' } : { kind: 'unpaid' };
  return {
    kind: 'paid',
    payment: {
      channel: 'sandbox',
      tradeNo: paid.tradeNo,
      outTradeNo,
      amountMinor: paid.amountMinor,
      currency: paid.currency,
      merchant: sandboxMerchant,
      paidAt: paid.paidAt,
      source: 'query',
      raw: JSON.stringify(paid),
    },
  };
}

async function close(database: Database, clock: Clock, outTradeNo: string): Promise<CloseResult> {
  if ((await query(database, clock, outTradeNo)).kind === 'paid') return { kind: 'paid' };
  const mark = {
    outTradeNo,
    tradeNo: '',
    status: 'closed',
    amountMinor: 0,
    currency: 'CNY',
    refundedMinor: 0,
    refundNos: [],
    paidAt: null,
  } as const;
  await database.transact('sandbox.close', (tx) => insertTrade(tx, { ...mark, refundNos: [] }, clock.now()));
  return { kind: 'closed' };
}

/** One refund number is paid back once. A trade that came from a program instead of our pay page is entered first. */
async function refund(database: Database, clock: Clock, order: RefundOrder): Promise<RefundResult> {
  return database.transact('sandbox.refund', async (tx) => {
    const now = clock.now();
    const find = async () =>
      (await tradesOf(tx, order.attempt.outTradeNo)).find((trade) => trade.tradeNo === order.tradeNo);
    let trade = await find();
    if (!trade) {
      const { tradeNo, currency } = order;
      const { outTradeNo } = order.attempt;
      const amountMinor = order.paymentAmountMinor;
      await insertTrade(
        tx,
        { outTradeNo, tradeNo, status: 'paid', amountMinor, currency, refundedMinor: 0, refundNos: [], paidAt: now },
        now,
      );
      trade = await find();
    }
    if (!trade) return { kind: 'unknown', reason: 'the trade cannot be read' } as const;
    if (trade.refundNos.includes(order.refundNo)) return { kind: 'succeeded' } as const;
    if (trade.refundedMinor + order.amountMinor > trade.amountMinor) {
      return { kind: 'rejected', reason: 'more than was paid' } as const;
    }
    if (!(await writeRefund(tx, trade, order.refundNo, order.amountMinor))) throw new RowsChanged('sandbox refund');
    return { kind: 'succeeded' } as const;
  });
}
