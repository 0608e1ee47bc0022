/**
 * The part of PayPal's interface that a shop uses: token, orders, captures, refunds. Paying on the cashier page is agreeing;
 * the money moves when the shop captures the order.
 */
import type { GatewayRefund, GatewayTrade } from '../books.ts';
import type { GatewayParts, GatewayReply, GatewayRequest } from '../gateway.ts';

export const clientId = 'simulatedPaypalClientId';
export const clientSecret = 'simulatedPaypalClientSecret';
export const merchantId = 'SIMMERCHANT01';
const accessToken = 'A21AA-simulated-access-token';

/** What was answered under a PayPal-Request-Id. */
export type Answered = Map<string, GatewayReply>;

type Json = Record<string, unknown>;

export function paypalApi(
  parts: GatewayParts,
  answered: Answered,
  request: GatewayRequest,
  disagree: boolean,
): GatewayReply | undefined {
  const { method, path, headers } = request;
  if (path === '/v1/oauth2/token') {
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    if (headers.authorization !== basic) return fail(401, 'invalid_client');
    return json(200, { access_token: accessToken, token_type: 'Bearer', expires_in: 32_400 });
  }
  if (!path.startsWith('/v2/')) return undefined;
  if (headers.authorization !== `Bearer ${accessToken}`) return fail(401, 'INVALID_TOKEN');
  const id = method === 'POST' && headers['paypal-request-id'] ? `${path} ${headers['paypal-request-id']}` : '';
  const before = answered.get(id);
  if (before) return before;
  const reply = route(parts, request, disagree);
  // Only what was done is remembered: a declined try may be made again.
  if (id && reply && (reply.status ?? 200) < 300) answered.set(id, reply);
  return reply;
}

function route(parts: GatewayParts, request: GatewayRequest, disagree: boolean): GatewayReply | undefined {
  const { method, path } = request;
  const body = (method === 'POST' && request.body.length > 0 ? JSON.parse(request.body.toString()) : {}) as Json;
  if (path === '/v2/checkout/orders' && method === 'POST') return openOrder(parts, body);
  const [, orderId, capture] = /^\/v2\/checkout\/orders\/([^/]+)(\/capture)?$/.exec(path) ?? [];
  if (orderId) {
    const trade = parts.books.findWhere((one) => one.reference === orderId);
    if (!trade) return fail(404, 'INVALID_RESOURCE_ID');
    return capture ? captureOrder(parts, trade) : json(200, orderObject(parts, trade, disagree));
  }
  const [, captureId] = /^\/v2\/payments\/captures\/([^/]+)\/refund$/.exec(path) ?? [];
  if (captureId) return makeRefund(parts, captureId, body);
  const [, refundId] = /^\/v2\/payments\/refunds\/([^/]+)$/.exec(path) ?? [];
  for (const trade of refundId ? parts.books.all() : []) {
    const refund = trade.refunds.find((one) => one.reference === refundId);
    if (refund) return json(200, refundObject(parts, trade, refund));
  }
  return fail(404, 'INVALID_RESOURCE_ID');
}

export const isCaptured = (trade: GatewayTrade): boolean => trade.extra.captured === 'yes';
const digitsOf = (currency: string): number => (['JPY', 'HUF', 'TWD'].includes(currency) ? 0 : 2);

function money(minor: number, currency: string) {
  const digits = digitsOf(currency);
  return { currency_code: currency, value: (minor / 10 ** digits).toFixed(digits) };
}

function openOrder(parts: GatewayParts, body: Json): GatewayReply {
  const [unit] = (body.purchase_units ?? []) as Json[];
  const amount = unit?.amount as { currency_code: string; value: string } | undefined;
  const pattern = amount && digitsOf(amount.currency_code) === 0 ? /^\d+$/ : /^\d+\.\d\d$/;
  if (body.intent !== 'CAPTURE' || !amount || !pattern.test(amount.value)) return fail(422, 'DECIMAL_PRECISION');
  const outTradeNo = String(unit?.custom_id);
  const experience = (body.payment_source as { paypal?: { experience_context?: Json } })?.paypal?.experience_context;
  const trade = parts.books.open({
    outTradeNo,
    reference: `ORD${parts.books.newNumber()}`,
    amountMinor: Math.round(Number(amount.value) * 10 ** digitsOf(amount.currency_code)),
    currency: amount.currency_code,
    notifyUrl: parts.webhookUrl(),
    returnUrl: String(experience?.return_url ?? ''),
    subject: String(unit?.description ?? ''),
  });
  return json(200, orderObject(parts, trade, false));
}

function captureOrder(parts: GatewayParts, trade: GatewayTrade): GatewayReply {
  if (isCaptured(trade)) return fail(422, 'ORDER_ALREADY_CAPTURED');
  if (trade.status !== 'paid') return fail(422, 'ORDER_NOT_APPROVED');
  trade.extra.captured = 'yes';
  parts.announce({ kind: 'paid', trade });
  return json(201, orderObject(parts, trade, false));
}

function makeRefund(parts: GatewayParts, captureId: string, body: Json): GatewayReply {
  const trade = parts.books.findWhere((one) => one.tradeNo === captureId && isCaptured(one));
  if (!trade) return fail(404, 'INVALID_RESOURCE_ID');
  const amount = body.amount as { value: string } | undefined;
  const amountMinor = amount ? Math.round(Number(amount.value) * 10 ** digitsOf(trade.currency)) : trade.paidMinor;
  const answer = parts.books.refund(trade, { refundNo: String(body.custom_id), amountMinor });
  if (answer.kind !== 'taken') return fail(422, 'REFUND_AMOUNT_EXCEEDED');
  parts.announce({ kind: 'refunded', trade, refund: answer.refund });
  return json(201, refundObject(parts, trade, answer.refund));
}

export function captureObject(parts: GatewayParts, trade: GatewayTrade) {
  const back = backOf(trade);
  return {
    id: trade.tradeNo,
    amount: money(trade.paidMinor, trade.currency),
    custom_id: trade.outTradeNo,
    invoice_id: trade.outTradeNo,
    final_capture: true,
    payee: { merchant_id: merchantId },
    status: back === 0 ? 'COMPLETED' : back < trade.paidMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED',
    supplementary_data: { related_ids: { order_id: trade.reference } },
    links: [link(parts, 'self', `/v2/payments/captures/${trade.tradeNo}`)],
  };
}

export function refundObject(parts: GatewayParts, trade: GatewayTrade, refund: GatewayRefund) {
  const statuses = { processing: 'PENDING', succeeded: 'COMPLETED', rejected: 'FAILED' } as const;
  return {
    id: refund.reference,
    amount: money(refund.amountMinor, trade.currency),
    ...(refund.by === 'shop' ? { custom_id: refund.refundNo, invoice_id: refund.refundNo } : {}),
    status: statuses[refund.status],
    seller_payable_breakdown: { total_refunded_amount: money(backOf(trade), trade.currency) },
    links: [link(parts, 'up', `/v2/payments/captures/${trade.tradeNo}`)],
  };
}

export function disputeObject(trade: GatewayTrade) {
  return {
    dispute_id: `PP-D-${trade.tradeNo}`,
    reason: 'UNAUTHORISED',
    status: 'OPEN',
    dispute_amount: money(trade.paidMinor, trade.currency),
    disputed_transactions: [{ seller_transaction_id: trade.tradeNo, custom: trade.outTradeNo }],
  };
}

export function orderObject(parts: GatewayParts, trade: GatewayTrade, disagree: boolean) {
  const captured = isCaptured(trade) && !disagree;
  const approved = trade.status === 'paid' && !disagree;
  const payments = {
    captures: [captureObject(parts, trade)],
    refunds: trade.refunds.map((refund) => refundObject(parts, trade, refund)),
  };
  return {
    id: trade.reference,
    intent: 'CAPTURE',
    status: captured ? 'COMPLETED' : approved ? 'APPROVED' : 'PAYER_ACTION_REQUIRED',
    purchase_units: [
      {
        reference_id: 'default',
        amount: money(trade.amountMinor, trade.currency),
        custom_id: trade.outTradeNo,
        invoice_id: trade.outTradeNo,
        payee: { merchant_id: merchantId },
        ...(captured ? { payments } : {}),
      },
    ],
    links: [
      link(parts, 'self', `/v2/checkout/orders/${trade.reference}`),
      { rel: 'payer-action', method: 'GET', href: parts.payPage(trade.outTradeNo) },
    ],
  };
}

const backOf = (trade: GatewayTrade): number =>
  trade.refunds.reduce((sum, one) => sum + (one.status === 'succeeded' ? one.amountMinor : 0), 0);

function link(parts: GatewayParts, rel: string, path: string) {
  return { rel, method: 'GET', href: parts.baseUrl + path };
}

function json(status: number, value: unknown): GatewayReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function fail(status: number, issue: string): GatewayReply {
  return json(status, {
    name: status === 422 ? 'UNPROCESSABLE_ENTITY' : issue,
    details: [{ issue }],
    debug_id: 'simulated',
  });
}
