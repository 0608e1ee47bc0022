/** What UnionPay sends to the shop, and what forgers make of it. */
import type { GatewayRefund, GatewayTrade } from '../books.ts';
import type { ForgeryName, OutgoingMessage, TradeEvent } from '../gateway.ts';
import { merId, type Parties } from './parties.ts';
import { compact, type Fields, form, sealed, sealedTheOldWay } from './wire.ts';

export function paymentFields(trade: GatewayTrade): Fields {
  const amount = String(trade.paidMinor);
  const time = compact(trade.paidAt ?? trade.createdAt);
  return {
    encoding: 'UTF-8',
    bizType: '000201',
    txnType: '01',
    txnSubType: '01',
    accessType: '0',
    merId,
    orderId: trade.outTradeNo,
    txnTime: trade.extra.txnTime ?? time,
    txnAmt: amount,
    currencyCode: '156',
    queryId: trade.tradeNo,
    settleAmt: amount,
    settleCurrencyCode: '156',
    settleDate: time.slice(4, 8),
    traceNo: trade.tradeNo.slice(-6),
    traceTime: time.slice(4),
    respCode: '00',
    respMsg: 'Success!',
  };
}

export function refundFields(trade: GatewayTrade, refund: GatewayRefund): Fields {
  return {
    ...paymentFields(trade),
    txnType: '04',
    txnSubType: '00',
    orderId: refund.refundNo,
    txnTime: trade.extra[`time ${refund.refundNo}`] ?? compact(refund.createdAt),
    txnAmt: String(refund.amountMinor),
    queryId: refund.reference,
    origQryId: trade.tradeNo,
    respCode: refund.status === 'rejected' ? '61' : '00',
  };
}

export function messageOf({ kind, trade, refund }: TradeEvent, parties: Parties): OutgoingMessage | undefined {
  if (kind === 'paid') return posted(trade.notifyUrl, form(sealed(paymentFields(trade), parties.unionpay)));
  if (kind !== 'refunded' || !refund) return undefined;
  const url = trade.extra[`notify ${refund.refundNo}`] || trade.notifyUrl;
  return posted(url, form(sealed(refundFields(trade, refund), parties.unionpay)));
}

function posted(url: string, body: string): OutgoingMessage {
  return { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }, body };
}

export function forgery(
  name: ForgeryName,
  trade: GatewayTrade,
  other: GatewayTrade,
  { unionpay }: Parties,
): OutgoingMessage | string {
  const fields = paymentFields({ ...trade, paidMinor: trade.amountMinor });
  const genuine = sealed(fields, unionpay);
  const send = (changed: Fields) => posted(trade.notifyUrl, form(changed));
  const { signature: _signature, ...unsigned } = genuine;
  const { currencyCode: _currency, ...shortened } = genuine;
  switch (name) {
    case 'unsigned':
      return send(unsigned);
    case 'other-merchant':
      return send(sealed({ ...fields, merId: '777290058110049' }, unionpay));
    case 'replayed-onto-another-order':
      return send({ ...genuine, orderId: other.outTradeNo });
    case 'amount-changed':
      return send({ ...genuine, txnAmt: String(trade.amountMinor + 1) });
    case 'field-missing':
      return send(shortened);
    case 'field-empty':
      return send(sealed({ ...fields, orderId: '' }, unionpay));
    case 'algorithm-downgraded':
      return send(sealedTheOldWay(fields, unionpay));
    case 'parameter-doubled':
      return posted(trade.notifyUrl, `${form(genuine)}&%6frderId=${other.outTradeNo}`);
    case 'timestamp-expired':
      return 'a message of UnionPay has no age: it may be repeated as it is, and a duplicate changes nothing';
  }
}

/** Signed well, with a certificate that is not UnionPay's: a merchant's of the same authority, or a copy of the authority. */
export function wronglyCertified(
  trade: GatewayTrade,
  by: 'otherMerchant' | 'stranger',
  parties: Parties,
): OutgoingMessage {
  const fields = paymentFields({ ...trade, paidMinor: trade.amountMinor });
  return posted(trade.notifyUrl, form(sealed(fields, parties[by])));
}
