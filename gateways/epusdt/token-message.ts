/** Signed JSON of the USDT gateways: theirs to sign, and a forger's to try. Written apart from the shop's reading of it. */
import { createHash } from 'node:crypto';
import type { GatewayTrade } from '../books.ts';
import type { ForgeryName, GatewayReply, OutgoingMessage } from '../gateway.ts';

export type Values = Record<string, string | number | undefined>;
export type Printer = (value: number) => string;

/** A million and more is where Go's two ways to print a number part. */
export const fixedPrinter: Printer = (value) =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 });
export const exponentPrinter: Printer = (value) =>
  value < 1_000_000 ? fixedPrinter(value) : value.toExponential().replace(/e\+(\d)$/, 'e+0$1');

export function sign(values: Values, token: string, print: Printer): string {
  const md5 = createHash('md5');
  let first = true;
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (name === 'signature' || value === undefined || value === '') continue;
    md5.update(`${first ? '' : '&'}${name}=${typeof value === 'number' ? print(value) : value}`);
    first = false;
  }
  return md5.update(token).digest('hex');
}

export function post(url: string, values: Values, token: string, print: Printer): OutgoingMessage {
  return jsonPost(url, JSON.stringify({ ...values, signature: sign(values, token, print) }));
}

function jsonPost(url: string, body: string): OutgoingMessage {
  return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body };
}

export function reply(status: number, value: unknown): GatewayReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** It knows a payment by its amount: another amount is nobody's. */
export const matched = (trade: GatewayTrade): boolean =>
  trade.status === 'paid' && trade.paidMinor === trade.amountMinor;

export const transactionHash = (trade: GatewayTrade): string =>
  trade.extra.hash ?? createHash('sha256').update(trade.tradeNo).digest('hex');

export function forgeToken(
  name: ForgeryName,
  parts: {
    trade: GatewayTrade;
    other: GatewayTrade;
    values(trade: GatewayTrade): Values;
    token: string;
    print: Printer;
  },
): OutgoingMessage | string {
  const { trade, other, token, print } = parts;
  const values = parts.values(trade);
  const signature = sign(values, token, print);
  const send = (body: Record<string, unknown>) => jsonPost(trade.notifyUrl, JSON.stringify(body));
  switch (name) {
    case 'unsigned':
      return send(values);
    case 'other-merchant':
      return post(trade.notifyUrl, { ...values, pid: '2002' }, 'the-key-of-another-merchant', print);
    case 'replayed-onto-another-order':
      return send({ ...values, order_id: other.outTradeNo, signature });
    case 'amount-changed':
      return send({ ...values, amount: 0.01, signature });
    case 'field-missing':
      return send({ ...values, trade_id: undefined, signature });
    case 'field-empty':
      return post(trade.notifyUrl, { ...values, order_id: '' }, token, print);
    case 'algorithm-downgraded':
      // What a loose comparison takes for equal to any text.
      return send({ ...values, signature: true });
    case 'parameter-doubled':
      return jsonPost(trade.notifyUrl, `{"amount":0.01,${JSON.stringify({ ...values, signature }).slice(1)}`);
    case 'timestamp-expired':
      return 'the message carries no time';
  }
}
