/** What Alipay sends to the shop about a trade, and what forgers make of it. */
import { createHash } from 'node:crypto';
import { type GatewayTrade, refundedMinor } from '../books.ts';
import type { ForgeryName, OutgoingMessage, TradeEvent } from '../gateway.ts';
import { appId, type Parties, sellerId } from './parties.ts';
import { beijing, form, rsa1, rsa2, signText, yuan } from './wire.ts';

export function statusOf(trade: GatewayTrade): string {
  if (trade.status === 'waiting') return 'WAIT_BUYER_PAY';
  if (trade.status === 'closed' || refundedMinor(trade) >= trade.paidMinor) return 'TRADE_CLOSED';
  return 'TRADE_SUCCESS';
}

export function notifyFields({ kind, trade, refund }: TradeEvent, number: string | undefined, now: number) {
  const amount = yuan(trade.status === 'paid' ? trade.paidMinor : trade.amountMinor);
  const fields: Record<string, string> = {
    notify_time: beijing(now),
    notify_type: 'trade_status_sync',
    // The same at every try.
    notify_id: createHash('md5')
      .update(`${kind}${trade.tradeNo}${refund?.refundNo ?? ''}`)
      .digest('hex'),
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    app_id: appId,
    auth_app_id: appId,
    seller_id: sellerId,
    buyer_id: '2088000000009999',
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    trade_status: statusOf(trade),
    subject: trade.subject,
    total_amount: amount,
    receipt_amount: amount,
    buyer_pay_amount: amount,
    invoice_amount: amount,
    point_amount: '0.00',
    fund_bill_list: `[{"amount":"${amount}","fundChannel":"ALIPAYACCOUNT"}]`,
    gmt_create: beijing(trade.createdAt),
  };
  if (trade.paidAt !== null) fields.gmt_payment = beijing(trade.paidAt);
  if (refund) {
    fields.gmt_refund = `${beijing(refund.createdAt)}.000`;
    fields.refund_fee = yuan(refundedMinor(trade));
    fields.out_biz_no = refund.refundNo;
  }
  if (statusOf(trade) === 'TRADE_CLOSED') fields.gmt_close = beijing(now);
  if (number) fields.alipay_cert_sn = number;
  return fields;
}

export function sealed(fields: Record<string, string>, parties: Parties): Record<string, string> {
  return { ...fields, sign: rsa2(signText(fields, ['sign', 'sign_type']), parties.signer.key) };
}

export function posted(url: string, body: string): OutgoingMessage {
  return { method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body };
}

export function forgery(
  name: ForgeryName,
  { trade, other, parties, now }: { trade: GatewayTrade; other: GatewayTrade; parties: Parties; now: number },
): OutgoingMessage | string {
  const paid = { ...trade, status: 'paid' as const, paidMinor: trade.amountMinor, paidAt: trade.paidAt ?? now };
  const fields = notifyFields({ kind: 'paid', trade: paid }, parties.signer.number, now);
  const genuine = sealed(fields, parties);
  const send = (changed: Record<string, string>) => posted(trade.notifyUrl, form(changed));
  const { sign: _sign, ...unsigned } = genuine;
  const { seller_id: _seller, ...shortened } = genuine;
  switch (name) {
    case 'unsigned':
      return send(unsigned);
    case 'other-merchant':
      return send(sealed({ ...fields, app_id: '2021000000000002', seller_id: '2088000000000002' }, parties));
    case 'replayed-onto-another-order':
      return send({ ...genuine, out_trade_no: other.outTradeNo });
    case 'amount-changed':
      return send({ ...genuine, total_amount: yuan(trade.amountMinor + 1) });
    case 'field-missing':
      return send(shortened);
    case 'field-empty':
      return send(sealed({ ...fields, out_trade_no: '' }, parties));
    case 'algorithm-downgraded': {
      const weaker = { ...fields, sign_type: 'RSA' };
      return send({ ...weaker, sign: rsa1(signText(weaker, ['sign', 'sign_type']), parties.signer.key) });
    }
    case 'parameter-doubled':
      return posted(trade.notifyUrl, `${form(genuine)}&%6fut_trade_no=${other.outTradeNo}`);
    case 'timestamp-expired':
      return 'a message of Alipay has no age: it is repeated for 25 hours as it is, and a duplicate changes nothing';
  }
}
