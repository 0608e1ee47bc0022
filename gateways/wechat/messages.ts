/** What WeChat Pay sends to the shop, and what forgers make of it. */
import { randomUUID } from 'node:crypto';
import type { GatewayTrade } from '../books.ts';
import type { ForgeryName, OutgoingMessage, TradeEvent } from '../gateway.ts';
import { appid, mchid, type Parties, type Signer } from './parties.ts';
import { rfc3339, seal, signedHeaders, weakSignature } from './wire.ts';

export function transaction(trade: GatewayTrade, state: string): Record<string, unknown> {
  const paid = state === 'SUCCESS' || state === 'REFUND';
  const total = paid ? trade.paidMinor : trade.amountMinor;
  return {
    mchid,
    appid,
    out_trade_no: trade.outTradeNo,
    trade_type: trade.extra.product ?? 'NATIVE',
    trade_state: state,
    trade_state_desc: state,
    attach: '',
    ...(paid
      ? {
          transaction_id: trade.tradeNo,
          bank_type: 'OTHERS',
          success_time: rfc3339(trade.paidAt ?? 0),
          payer: { openid: 'oSimulatedPayer000000000000' },
          amount: { total, payer_total: total, currency: trade.currency, payer_currency: trade.currency },
        }
      : {}),
  };
}

export function resourceOf({
  kind,
  trade,
  refund,
}: TradeEvent): { event: string; type: string; plain: unknown } | undefined {
  if (kind === 'paid')
    return { event: 'TRANSACTION.SUCCESS', type: 'transaction', plain: transaction(trade, 'SUCCESS') };
  if (kind !== 'refunded' || !refund) return undefined;
  const status = refund.status === 'rejected' ? 'CLOSED' : 'SUCCESS';
  const plain = {
    mchid,
    out_trade_no: trade.outTradeNo,
    transaction_id: trade.tradeNo,
    out_refund_no: refund.refundNo,
    refund_id: refund.reference,
    refund_status: status,
    success_time: rfc3339(refund.createdAt),
    user_received_account: '支付用户零钱',
    amount: {
      total: trade.paidMinor,
      refund: refund.amountMinor,
      payer_total: trade.paidMinor,
      payer_refund: refund.amountMinor,
    },
  };
  return { event: `REFUND.${status}`, type: 'refund', plain };
}

export function messageBody(event: string, type: string, plain: unknown, apiV3Key: string, nowMs: number): string {
  return JSON.stringify({
    id: randomUUID(),
    create_time: rfc3339(nowMs),
    resource_type: 'encrypt-resource',
    event_type: event,
    summary: type === 'refund' ? '退款成功' : '支付成功',
    resource: { original_type: type, ...seal(JSON.stringify(plain), apiV3Key, type) },
  });
}

export function posted(url: string, body: string, headers: Record<string, string>): OutgoingMessage {
  return { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** A message whose signature must be refused: WeChat sends such to see whether signatures are looked at. */
export function probe(trade: GatewayTrade, apiV3Key: string, signer: Signer, nowMs: number): OutgoingMessage {
  const body = messageBody('TRANSACTION.SUCCESS', 'transaction', transaction(trade, 'SUCCESS'), apiV3Key, nowMs);
  const headers = signedHeaders(body, signer, nowMs);
  headers['Wechatpay-Signature'] = `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature']?.slice(19)}`;
  return posted(trade.notifyUrl, body, headers);
}

interface Forger {
  trade: GatewayTrade;
  other: GatewayTrade;
  parties: Parties;
  signer: Signer;
  nowMs: number;
}

export function forgery(name: ForgeryName, { trade, other, parties, signer, nowMs }: Forger): OutgoingMessage | string {
  const paid = { ...trade, paidMinor: trade.amountMinor, paidAt: trade.paidAt ?? nowMs };
  const plain = transaction(paid, 'SUCCESS');
  const bodyOf = (content: unknown, key = parties.apiV3Key) =>
    messageBody('TRANSACTION.SUCCESS', 'transaction', content, key, nowMs);
  const genuine = bodyOf(plain);
  const headers = signedHeaders(genuine, signer, nowMs);
  const send = (body: string, head: Record<string, string>) => posted(trade.notifyUrl, body, head);
  switch (name) {
    case 'unsigned':
      return send(genuine, {});
    case 'other-merchant': {
      // WeChat's own signature, on what it sent to another merchant, whose order has the number of ours.
      const theirs = bodyOf({ ...plain, mchid: '1900000002' }, 'another-merchants-key-32-signs-0');
      return send(theirs, signedHeaders(theirs, signer, nowMs));
    }
    case 'replayed-onto-another-order':
      return send(bodyOf({ ...plain, out_trade_no: other.outTradeNo }), headers);
    case 'amount-changed':
      return send(bodyOf({ ...plain, amount: { total: trade.amountMinor + 1, currency: 'CNY' } }), headers);
    case 'field-missing': {
      const { 'Wechatpay-Nonce': _nonce, ...without } = headers;
      return send(genuine, without);
    }
    case 'field-empty': {
      const empty = bodyOf({ ...plain, out_trade_no: '' });
      return send(empty, signedHeaders(empty, signer, nowMs));
    }
    case 'algorithm-downgraded':
      return send(genuine, {
        ...headers,
        'Wechatpay-Signature-Type': 'WECHATPAY2-SHA1-RSA2048',
        'Wechatpay-Signature': weakSignature(headers, genuine, signer.key),
      });
    case 'parameter-doubled': {
      const second = seal(
        JSON.stringify({ ...plain, out_trade_no: other.outTradeNo }),
        parties.apiV3Key,
        'transaction',
      );
      return send(`${genuine.slice(0, -1)},"resource":${JSON.stringify(second)}}`, headers);
    }
    case 'timestamp-expired':
      return send(genuine, signedHeaders(genuine, signer, nowMs - 10 * 60_000));
  }
}
