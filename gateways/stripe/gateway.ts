/** Stripe: its interface (api.ts) and its signed events. */
import { createHmac } from 'node:crypto';
import type { GatewayTrade } from '../books.ts';
import type { ForgeryName, GatewayDefinition, GatewayParts, OutgoingMessage, TradeEvent } from '../gateway.ts';
import { type Answered, secretKey, stripeApi } from './api.ts';
import { chargeObject, disputeObject, refundObject, seconds, sessionObject } from './objects.ts';

const webhookSecret = 'whsec_simulatedSigningSecret0123456789';

const minuteMs = 60_000;
const hourMs = 3_600_000;

export const stripeGateway: GatewayDefinition = {
  kind: 'stripe',
  // For three days, further and further apart.
  retryDelaysMs: [5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, ...Array(4).fill(12 * hourMs)],
  has: {
    close: true,
    refund: true,
    refundMessage: true,
    signedAnswers: false,
    bill: true,
    otherAmounts: false,
    rotation: false,
  },
  open(parts) {
    const answered: Answered = new Map();
    return {
      settings: { secretKey, webhookSecret, currencies: 'USD,EUR,JPY', api: parts.baseUrl },
      handle: (request, mood) => stripeApi(parts, answered, request, mood.disagree, () => allEvents(parts)),
      message: (event) => {
        const body = eventBody(parts, event);
        return body && parts.webhookUrl() ? signed(parts, body) : undefined;
      },
      acknowledged: ({ status }) => status >= 200 && status < 300,
      forge: (name, trade, other) => forge(parts, name, trade, other),
    };
  },
};

function eventBody(parts: GatewayParts, { kind, trade, refund }: TradeEvent): string | undefined {
  if (kind === 'paid') return event(parts, trade, 'checkout.session.completed', sessionObject(trade));
  if (kind === 'closed') return event(parts, trade, 'checkout.session.expired', sessionObject(trade));
  if (kind === 'failed') return event(parts, trade, 'checkout.session.async_payment_failed', sessionObject(trade));
  if (kind === 'disputed') return event(parts, trade, 'charge.dispute.created', disputeObject(trade));
  if (!refund) return undefined;
  // One of the shop's by its number, one made in the dashboard by what has gone back of the charge.
  return refund.by === 'shop'
    ? event(parts, trade, 'refund.updated', refundObject(trade, refund), refund.reference)
    : event(parts, trade, 'charge.refunded', chargeObject(trade), refund.reference);
}

/** Newest first, as Stripe lists them. */
function allEvents(parts: GatewayParts): string[] {
  const happened = parts.books
    .all()
    .filter((trade) => trade.status === 'paid')
    .flatMap((trade): TradeEvent[] => [
      { kind: 'paid', trade },
      ...trade.refunds.map((refund) => ({ kind: 'refunded' as const, trade, refund })),
    ]);
  return happened.map((one) => eventBody(parts, one) ?? '').reverse();
}

/** The same event at each try: only its signature is new. */
function event(parts: GatewayParts, trade: GatewayTrade, type: string, object: object, about = ''): string {
  const id = `evt_${trade.tradeNo}${about}${type.replaceAll('.', '')}`;
  const created = seconds(trade.paidAt ?? parts.now());
  return JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    type,
  });
}

function header(body: string, secret: string, time: number): string {
  const mac = createHmac('sha256', secret);
  mac.update(String(time));
  mac.update('.');
  mac.update(body);
  return `t=${time},v1=${mac.digest('hex')},v0=${'0'.repeat(64)}`;
}

function signed(parts: GatewayParts, body: string, secret = webhookSecret, atMs = parts.now()): OutgoingMessage {
  return send(parts, body, { 'stripe-signature': header(body, secret, seconds(atMs)) });
}

function send(parts: GatewayParts, body: string, headers: Record<string, string>): OutgoingMessage {
  const type = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0' };
  return { method: 'POST', url: parts.webhookUrl(), headers: { ...type, ...headers }, body };
}

function forge(
  parts: GatewayParts,
  name: ForgeryName,
  trade: GatewayTrade,
  other: GatewayTrade,
): OutgoingMessage | string {
  const body = eventBody(parts, { kind: 'paid', trade }) ?? '';
  const time = seconds(parts.now());
  const genuine = header(body, webhookSecret, time);
  const kept = (changed: string) => send(parts, changed, { 'stripe-signature': genuine });
  switch (name) {
    case 'unsigned':
      return send(parts, body, {});
    case 'other-merchant':
      return signed(parts, body, 'whsec_ofAnotherMerchant0123456789');
    case 'replayed-onto-another-order':
      return kept(body.replaceAll(trade.outTradeNo, other.outTradeNo));
    case 'amount-changed':
      return kept(body.replace(`"amount_total":${trade.paidMinor}`, '"amount_total":1'));
    case 'field-missing':
      return kept(body.replace(`"client_reference_id":"${trade.outTradeNo}",`, ''));
    case 'field-empty':
      return signed(parts, JSON.stringify({ ...JSON.parse(body), data: {} }));
    case 'algorithm-downgraded':
      return send(parts, body, { 'stripe-signature': genuine.replace('v1=', 'v0=') });
    case 'parameter-doubled':
      return send(parts, body, { 'stripe-signature': `t=${time - 100},${genuine}` });
    case 'timestamp-expired':
      return signed(parts, body, webhookSecret, parts.now() - 3_600_000);
  }
}
