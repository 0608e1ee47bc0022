/**
 * PayPal, Orders v2. The payer agrees on PayPal's page; the money moves only when we fetch it, which happens when the order is
 * asked for: after an approval event, on the buyer's return, or by a scan. So an attempt that we do not fetch is closed.
 */
import type {
  Attempt,
  AttemptRef,
  CallbackRequest,
  CallbackVerdict,
  Channel,
  CloseResult,
  CreateResult,
  QueryResult,
} from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { asObject, jsonObject } from '../../wire/json-object.ts';
import { theirNumber } from '../epay/wire.ts';
import { paypalAmount } from './amounts.ts';
import { type Certificates, paypalCertificates } from './certificates.ts';
import { type PaypalAnswer, type PaypalClient, paypalClient } from './client.ts';
import { eventVerdict } from './events.ts';
import { type OrderState, orderState, type PaypalAccount } from './orders.ts';
import { queryPaypalRefund, refundAtPaypal } from './refund.ts';
import { apiOf, certificateOrigins, type PaypalSettings, paypalSettings } from './settings.ts';
import { whyNotSigned } from './signature.ts';

const answer = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });

export const paypalKind: ChannelKind = {
  kind: 'paypal',
  names: { zh: 'PayPal', en: 'PayPal' },
  help: {
    zh: '在 PayPal 页面付款。凭据在 PayPal Developer 的应用中，并需在该应用添加 Webhook。',
    en: "Paid on PayPal's page. The credentials are those of an app at PayPal Developer, which also needs a webhook.",
  },
  settings: paypalSettings,
  open: (settings, parts) => paypalChannel(settings as PaypalSettings, parts),
};

interface Paypal {
  parts: ChannelParts;
  account: PaypalAccount;
  client: PaypalClient;
  webhookId: string;
  certificates: Certificates;
}

function paypalChannel(settings: PaypalSettings, parts: ChannelParts): Channel {
  const { clientId, clientSecret, webhookId, merchantId, mode, currencies } = settings;
  const { http, clock } = parts;
  const merchant = merchantId ?? `paypal-${mode}`;
  const paypal: Paypal = {
    parts,
    account: { code: parts.code, merchant, merchantId },
    client: paypalClient({ api: apiOf(settings), clientId, clientSecret, http, clock }),
    webhookId,
    certificates: paypalCertificates(certificateOrigins(settings), http, clock),
  };
  return {
    code: parts.code,
    kind: paypalKind.kind,
    name: parts.name ?? paypalKind.names,
    currencies: currencies.split(','),
    sandbox: false,
    merchant,
    lateMs: 0,
    closesByWordOnly: true,
    acknowledge: { success: answer(200, 'ok'), failure: answer(400, 'rejected') },
    create: (attempt) => create(paypal, attempt),
    verify: (request) => verify(paypal, request),
    query: (attempt) => query(paypal, attempt),
    close: (attempt) => close(paypal, attempt),
    refund: (order) => refundAtPaypal(paypal.client, order),
    queryRefund: (order) => queryPaypalRefund(paypal.client, order),
    probe: async () => {
      const reason = await paypal.client.signIn();
      return reason === undefined ? { kind: 'healthy' } : { kind: 'failing', reason };
    },
  };
}

async function verify(paypal: Paypal, request: CallbackRequest): Promise<CallbackVerdict> {
  if (request.method !== 'POST') return { kind: 'rejected', reason: 'not a POST' };
  const event = jsonObject(request.rawBody);
  if (!event) return { kind: 'rejected', reason: 'the body is no JSON object' };
  const { webhookId, certificates, parts, account } = paypal;
  const options = { webhookId, certificates, nowMs: parts.clock.now() };
  const reason = await whyNotSigned(request.headers, request.rawBody, options);
  return reason ? { kind: 'rejected', reason } : eventVerdict(event, account, request.rawBody.toString('utf8'));
}

async function create({ client, parts }: Paypal, attempt: Attempt): Promise<CreateResult> {
  const { outTradeNo, currency, subject, lang } = attempt;
  const amount = paypalAmount(attempt.amountMinor, currency);
  if (!amount) return { kind: 'refused', reason: `no such amount in ${currency}` };
  const back = parts.returnUrl(outTradeNo);
  const reply = await client.send('POST', '/v2/checkout/orders', {
    requestId: outTradeNo,
    body: {
      intent: 'CAPTURE',
      // An account refuses a second payment of one invoice: one more reason why an order is paid once.
      purchase_units: [{ custom_id: outTradeNo, invoice_id: outTradeNo, description: subject.slice(0, 127), amount }],
      payment_source: {
        paypal: {
          experience_context: {
            return_url: back,
            cancel_url: back,
            user_action: 'PAY_NOW',
            shipping_preference: 'NO_SHIPPING',
            payment_method_preference: 'IMMEDIATE_PAYMENT_REQUIRED',
            locale: lang === 'zh' ? 'zh-CN' : 'en-US',
          },
        },
      },
    },
  });
  if (typeof reply === 'string') return { kind: 'unavailable', reason: reply };
  if (reply.status === 400 || reply.status === 422) return { kind: 'refused', reason: reply.issue };
  const { id: reference } = reply.body;
  const url = payerPage(reply);
  if (reply.status > 299 || typeof reference !== 'string' || !theirNumber.test(reference) || !url) {
    return { kind: 'unavailable', reason: `HTTP status ${reply.status} ${reply.issue}` };
  }
  return { kind: 'created', action: { type: 'redirect', url }, reference };
}

function payerPage({ body }: PaypalAnswer): string | undefined {
  const links = (Array.isArray(body.links) ? body.links : []).map(asObject);
  const href = links.find((link) => link?.rel === 'payer-action' || link?.rel === 'approve')?.href;
  return typeof href === 'string' && /^https?:\/\//.test(href) ? href : undefined;
}

async function query(paypal: Paypal, attempt: AttemptRef): Promise<QueryResult> {
  const { client } = paypal;
  // Without its number nobody can be asked: the payer was never shown a page either.
  if (attempt.reference === null) return { kind: 'not-found' };
  const path = `/v2/checkout/orders/${encodeURIComponent(attempt.reference)}`;
  const found = await client.send('GET', path);
  if (typeof found === 'string') return { kind: 'unknown', reason: found };
  // PayPal forgets an order that nobody approved for some hours.
  if (found.status === 404) return { kind: 'closed' };
  const state = stateOf(paypal, attempt, found);
  if (state.kind !== 'approved') return resultOf(state);
  const fetched = await client.send('POST', `${path}/capture`, { requestId: `${attempt.outTradeNo}C` });
  if (typeof fetched === 'string') return { kind: 'unknown', reason: fetched };
  if (fetched.status < 300 || fetched.issue === 'ORDER_ALREADY_CAPTURED') {
    const again = await client.send('GET', path);
    return typeof again === 'string' ? { kind: 'unknown', reason: again } : resultOf(stateOf(paypal, attempt, again));
  }
  // The payer's card was declined, or they must agree once more: they may still do so.
  return fetched.status === 422 ? { kind: 'unpaid' } : { kind: 'unknown', reason: fetched.issue };
}

function stateOf({ account }: Paypal, attempt: AttemptRef, reply: PaypalAnswer): OrderState {
  if (reply.status > 299) return { kind: 'unreadable', reason: `HTTP status ${reply.status} ${reply.issue}` };
  return orderState(reply.body, attempt.outTradeNo, account);
}

function resultOf(state: OrderState): QueryResult {
  switch (state.kind) {
    case 'paid':
      return state.refundedMinor > 0
        ? { kind: 'refunded', payment: state.payment, refundedMinor: state.refundedMinor }
        : { kind: 'paid', payment: state.payment };
    case 'voided':
      return { kind: 'closed' };
    case 'unreadable':
      return { kind: 'unknown', reason: state.reason };
    default:
      return { kind: 'unpaid' };
  }
}

async function close(paypal: Paypal, attempt: AttemptRef): Promise<CloseResult> {
  const now = await query(paypal, attempt);
  if (now.kind === 'paid' || now.kind === 'refunded') return { kind: 'paid' };
  if (now.kind === 'unknown') return now;
  return { kind: 'closed' };
}
