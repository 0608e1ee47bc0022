/** What a forger tries on a channel that is called with signed parameters in the address. */
import type { GatewayTrade } from '../books.ts';
import type { ForgeryName, OutgoingMessage } from '../gateway.ts';

interface Forgery {
  name: ForgeryName;
  trade: GatewayTrade;
  other: GatewayTrade;
  /** The true message about a payment. */
  fields(trade: GatewayTrade): Record<string, string>;
  sign(values: Record<string, string>, key: string): URLSearchParams;
  /** The key shared with this merchant. */
  key: string;
  /** The time of sending, long ago; where the network signs one. */
  expired?: Record<string, string>;
}

export function forgeEpay(forgery: Forgery): OutgoingMessage | string {
  const { name, trade, other, sign, key } = forgery;
  const fields = forgery.fields(trade);
  const genuine = sign(fields, key);
  const send = (params: URLSearchParams | string): OutgoingMessage => ({
    method: 'GET',
    url: `${trade.notifyUrl}?${params}`,
  });
  const changed = (change: (params: URLSearchParams) => void): OutgoingMessage => {
    const params = new URLSearchParams(genuine);
    change(params);
    return send(params);
  };
  switch (name) {
    case 'unsigned':
      return changed((params) => params.delete('sign'));
    case 'other-merchant':
      return send(sign({ ...fields, pid: '2002' }, 'the-key-of-another-merchant'));
    case 'replayed-onto-another-order':
      return changed((params) => params.set('out_trade_no', other.outTradeNo));
    case 'amount-changed':
      return changed((params) => params.set('money', '0.01'));
    case 'field-missing':
      return changed((params) => params.delete('trade_no'));
    case 'field-empty':
      return send(sign({ ...fields, out_trade_no: '' }, key));
    case 'algorithm-downgraded':
      return changed((params) => params.delete('sign_type'));
    case 'parameter-doubled':
      return send(`mone%79=0.01&${genuine}`);
    case 'timestamp-expired':
      return forgery.expired ? send(sign({ ...fields, ...forgery.expired }, key)) : 'the message carries no time';
  }
}
