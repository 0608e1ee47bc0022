/** PayPal: its interface (api.ts), and its events, signed by a certificate that is changed now and then. */
import { createSign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { GatewayTrade } from '../books.ts';
import { type Identity, newIdentity } from '../certificate.ts';
import type { ForgeryName, GatewayDefinition, GatewayParts, OutgoingMessage, TradeEvent } from '../gateway.ts';
import {
  type Answered,
  captureObject,
  clientId,
  clientSecret,
  disputeObject,
  isCaptured,
  merchantId,
  orderObject,
  paypalApi,
  refundObject,
} from './api.ts';

const webhookId = '4JH86294D6297924G';
const certificatePath = '/v1/notifications/certs/';

const minuteMs = 60_000;

export const paypalGateway: GatewayDefinition = {
  kind: 'paypal',
  // 25 tries in three days.
  retryDelaysMs: Array.from({ length: 24 }, (_, tries) => Math.min(2 ** tries, 240) * minuteMs),
  has: {
    close: false,
    refund: true,
    refundMessage: true,
    signedAnswers: false,
    bill: false,
    otherAmounts: false,
    rotation: true,
    fetched: true,
  },
  async open(parts) {
    const answered: Answered = new Map();
    const signers: Signer[] = [await newSigner(1)];
    const current = () => signers.at(-1) as Signer;
    return {
      settings: {
        mode: 'sandbox',
        clientId,
        clientSecret,
        webhookId,
        merchantId,
        currencies: 'USD,EUR,JPY',
        api: parts.baseUrl,
      },
      handle(request, mood) {
        if (!request.path.startsWith(certificatePath)) return paypalApi(parts, answered, request, mood.disagree);
        const signer = signers.find(({ name }) => request.path === certificatePath + name);
        return signer && { headers: { 'content-type': 'application/x-pem-file' }, body: signer.identity.certificate };
      },
      message: (event) => {
        const body = eventBody(parts, event);
        return body && parts.webhookUrl() ? signed(parts, current(), body) : undefined;
      },
      acknowledged: ({ status }) => status >= 200 && status < 300,
      forge: (name, trade, other) => forge(parts, current(), name, trade, other),
      async rotate() {
        signers.push(await newSigner(signers.length + 1));
      },
    };
  },
};

interface Signer {
  name: string;
  identity: Identity;
}

async function newSigner(serial: number): Promise<Signer> {
  const identity = await newIdentity({
    name: [
      ['O', 'PayPal, Inc.'],
      ['CN', 'messageverificationcerts.sandbox.paypal.com'],
    ],
  });
  return { name: `CERT-360caa42-fca2a594-${String(serial).padStart(8, '0')}`, identity };
}

function eventBody(parts: GatewayParts, { kind, trade, refund }: TradeEvent): string | undefined {
  if (kind === 'paid') {
    // Agreed to first, then fetched by the shop: the network tells of both.
    return isCaptured(trade)
      ? event(trade, 'PAYMENT.CAPTURE.COMPLETED', 'capture', captureObject(parts, trade))
      : event(trade, 'CHECKOUT.ORDER.APPROVED', 'checkout-order', orderObject(parts, trade, false));
  }
  if (kind === 'disputed') return event(trade, 'CUSTOMER.DISPUTE.CREATED', 'dispute', disputeObject(trade));
  if (!refund) return undefined;
  return event(trade, 'PAYMENT.CAPTURE.REFUNDED', 'refund', refundObject(parts, trade, refund), refund.reference);
}

function event(trade: GatewayTrade, type: string, resourceType: string, resource: object, about = ''): string {
  const id = `WH-${trade.tradeNo}-${type.replaceAll('.', '')}${about}`;
  const created = new Date(trade.paidAt ?? trade.createdAt).toISOString();
  return JSON.stringify({
    id,
    event_version: '1.0',
    create_time: created,
    resource_type: resourceType,
    event_type: type,
    resource,
  });
}

interface Signing {
  webhook?: string;
  time?: string;
  algorithm?: string;
}

function headersOf(parts: GatewayParts, signer: Signer, body: string, signing: Signing = {}): Record<string, string> {
  const { webhook = webhookId, algorithm = 'SHA256withRSA' } = signing;
  const time = signing.time ?? `${new Date(parts.now()).toISOString().slice(0, 19)}Z`;
  const id = `${parts.books.newNumber().toLowerCase()}-fd74-11e4-8bf3-77339302725b`;
  const check = crc32(Buffer.from(body, 'utf8'));
  const signature = createSign('RSA-SHA256')
    .update([id, time, webhook, String(check)].join('|'))
    .sign(signer.identity.privateKey, 'base64');
  return {
    'content-type': 'application/json',
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': signature,
    'paypal-cert-url': parts.baseUrl + certificatePath + signer.name,
    'paypal-auth-algo': algorithm,
  };
}

function signed(parts: GatewayParts, signer: Signer, body: string, signing?: Signing): OutgoingMessage {
  return { method: 'POST', url: parts.webhookUrl(), headers: headersOf(parts, signer, body, signing), body };
}

function forge(
  parts: GatewayParts,
  signer: Signer,
  name: ForgeryName,
  trade: GatewayTrade,
  other: GatewayTrade,
): OutgoingMessage | string {
  const captured: GatewayTrade = { ...trade, extra: { ...trade.extra, captured: 'yes' } };
  const body = eventBody(parts, { kind: 'paid', trade: captured }) ?? '';
  const genuine = signed(parts, signer, body);
  const kept = (changed: string): OutgoingMessage => ({ ...genuine, body: changed });
  const resource = captureObject(parts, captured);
  const mine = (more: object) =>
    signed(parts, signer, event(captured, 'PAYMENT.CAPTURE.COMPLETED', 'capture', { ...resource, ...more }));
  switch (name) {
    case 'unsigned':
      return { ...genuine, headers: { 'content-type': 'application/json' } };
    case 'other-merchant':
      return signed(parts, signer, body, { webhook: '9XL90610J3647323C' });
    case 'replayed-onto-another-order':
      return kept(body.replaceAll(trade.outTradeNo, other.outTradeNo));
    case 'amount-changed':
      return kept(body.replace('"value":"', '"value":"0'));
    case 'field-missing':
      return mine({ amount: undefined });
    case 'field-empty':
      return mine({ id: '' });
    case 'algorithm-downgraded':
      return signed(parts, signer, body, { algorithm: 'SHA1withRSA' });
    case 'parameter-doubled':
      return kept(body.replace('{', '{"event_type":"PAYMENT.CAPTURE.COMPLETED",'));
    case 'timestamp-expired':
      return signed(parts, signer, body, { time: new Date(parts.now() - 30 * 86_400_000).toISOString() });
  }
}
