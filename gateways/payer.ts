/** The people at the other end: they follow what the shop shows them, pay, or have second thoughts. */
import type { PaymentAction } from '../contract/shop.ts';
import type { TradeEvent } from './gateway.ts';
import type { RunningGateway } from './serve-gateway.ts';

export async function payTrade(
  { books, mischief, definition }: RunningGateway,
  announce: (event: TradeEvent) => void,
  outTradeNo: string,
  amountMinor?: number,
): Promise<boolean> {
  const trade = books.find(outTradeNo);
  if (!trade) return false;
  if (trade.status === 'paid') return false;
  const may = amountMinor === undefined && definition.has.otherAmounts && trade.amountMinor > 1;
  const wrong = may && mischief.strikes('wrong-amount');
  const paid = amountMinor ?? (wrong ? trade.amountMinor - 1 : trade.amountMinor);
  const evenClosed = trade.status === 'closed' && mischief.strikes('paid-after-close');
  if (!books.pay(trade, { amountMinor: paid, evenClosed })) return false;
  announce({ kind: 'paid', trade });
  return true;
}

export function refundTrade(
  { books }: RunningGateway,
  announce: (event: TradeEvent) => void,
  outTradeNo: string,
  amountMinor: number,
): void {
  const trade = books.find(outTradeNo);
  if (!trade) throw new Error(`the network knows no trade ${outTradeNo}`);
  const answer = books.refund(trade, { refundNo: books.newNumber(), amountMinor, by: 'network' });
  if (answer.kind !== 'taken') throw new Error(`not refunded: ${answer.kind}`);
  announce({ kind: 'refunded', trade, refund: answer.refund });
}

/** What a browser does with a payment action: after it the network knows the trade, whichever way it was begun. */
export async function follow(action: PaymentAction): Promise<void> {
  if (action.type === 'jsapi' || action.type === 'transfer') return;
  if (action.type === 'form') {
    await visit(action.url, { method: 'POST', body: new URLSearchParams(action.fields) });
    return;
  }
  const url = action.type === 'qr' ? (action.url ?? action.content) : action.url;
  if (/^https?:/.test(url)) await visit(url, {});
}

/** Then a person loads the page again. */
const patienceMs = 3000;

async function visit(url: string, init: RequestInit): Promise<void> {
  const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`the cashier page answered ${reply.status}: ${text.slice(0, 200)}`);
}
