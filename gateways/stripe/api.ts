/** The part of Stripe's interface that a Checkout shop uses: sessions, refunds, charges, balance. Version 1, forms in, JSON out. */
import type { GatewayTrade } from '../books.ts';
import type { GatewayParts, GatewayReply, GatewayRequest } from '../gateway.ts';
import { at, type Nested, nestedForm } from './nested-form.ts';
import { chargeObject, intentId, listOf, refundObject, seconds, sessionObject } from './objects.ts';

export const secretKey = 'sk_test_simulatedSecretKey0123456789';

/** What was answered under an idempotency key: the same request gets it again, another one is refused. */
export type Answered = Map<string, { request: string; reply: GatewayReply }>;

export function stripeApi(
  parts: GatewayParts,
  answered: Answered,
  request: GatewayRequest,
  disagree: boolean,
  events: () => string[],
): GatewayReply | undefined {
  if (!request.path.startsWith('/v1/')) return undefined;
  if (request.headers.authorization !== `Bearer ${secretKey}`) {
    return error(401, 'invalid_request_error', '', 'Invalid API Key provided');
  }
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  const text = `${request.path}\n${request.body}`;
  const before = key ? answered.get(key) : undefined;
  if (before) {
    if (before.request === text) {
      return { ...before.reply, headers: { ...before.reply.headers, 'idempotent-replayed': 'true' } };
    }
    return error(400, 'idempotency_error', 'idempotency_key_in_use', 'Keys can only be used with the same parameters');
  }
  const reply = route(parts, request, disagree, events);
  if (key && reply && (reply.status ?? 200) < 500) answered.set(key, { request: text, reply });
  return reply;
}

function route(
  parts: GatewayParts,
  request: GatewayRequest,
  disagree: boolean,
  events: () => string[],
): GatewayReply | undefined {
  const { method, path, query } = request;
  const form = nestedForm(method === 'POST' ? request.body.toString() : query.toString());
  if (path === '/v1/balance') return ok({ object: 'balance', livemode: false, available: [], pending: [] });
  if (path === '/v1/checkout/sessions') {
    if (method === 'POST') return openSession(parts, form);
    return ok(
      listOf(
        path,
        within(parts.books.all(), form, (one) => one.createdAt).map((one) => sessionObject(one)),
      ),
    );
  }
  const [, id, expire] = /^\/v1\/checkout\/sessions\/([^/]+)(\/expire)?$/.exec(path) ?? [];
  if (id) {
    const trade = parts.books.findWhere((one) => one.reference === id);
    if (!trade) return error(404, 'invalid_request_error', 'resource_missing', `No such checkout.session: '${id}'`);
    if (expire) return expireSession(parts, trade);
    return ok(sessionObject(trade, { expanded: query.toString().includes('latest_charge'), disagree }));
  }
  if (path === '/v1/refunds') return method === 'POST' ? makeRefund(parts, form) : listRefunds(parts, form);
  if (path === '/v1/charges') {
    const paid = parts.books.all().filter((one) => one.status === 'paid');
    return ok(listOf(path, within(paid, form, (one) => one.paidAt ?? 0).map(chargeObject)));
  }
  // The books do not say which events arrived: all are listed, which the shop must take as well.
  if (path === '/v1/events')
    return ok(
      listOf(
        path,
        events().map((one) => JSON.parse(one)),
      ),
    );
  return error(404, 'invalid_request_error', 'resource_missing', `Unrecognized request URL (${method}: ${path})`);
}

function within<T>(all: readonly T[], form: Nested, time: (one: T) => number): T[] {
  const limit = (name: string, none: number) => Number(at(form, 'created', name) || none);
  const from = limit('gte', 0);
  const until = Math.min(limit('lt', Infinity), limit('lte', Infinity) + 1);
  return all.filter((one) => seconds(time(one)) >= from && seconds(time(one)) < until);
}

function openSession(parts: GatewayParts, form: Nested): GatewayReply {
  const price = (name: string) => at(form, 'line_items', '0', 'price_data', name);
  const amountMinor = Number(price('unit_amount')) * Number(at(form, 'line_items', '0', 'quantity'));
  if (at(form, 'mode') !== 'payment' || !Number.isInteger(amountMinor) || amountMinor < 1) {
    return error(400, 'invalid_request_error', 'parameter_missing', 'line_items');
  }
  const life = Number(at(form, 'expires_at')) - parts.now() / 1000;
  if (!(life >= 30 * 60 && life <= 24 * 3600)) {
    return error(400, 'invalid_request_error', '', 'expires_at must be between 30 minutes and 24 hours from now');
  }
  const outTradeNo = at(form, 'client_reference_id');
  const trade = parts.books.open({
    outTradeNo,
    reference: `cs_test_${parts.books.newNumber()}`,
    amountMinor,
    currency: price('currency').toUpperCase(),
    notifyUrl: parts.webhookUrl(),
    returnUrl: at(form, 'success_url'),
    subject: at(form, 'line_items', '0', 'price_data', 'product_data', 'name'),
    expiresAt: Number(at(form, 'expires_at')) * 1000,
    extra: { url: parts.payPage(outTradeNo), metadata: at(form, 'payment_intent_data', 'metadata', 'out_trade_no') },
  });
  return ok(sessionObject(trade));
}

function expireSession(parts: GatewayParts, trade: GatewayTrade): GatewayReply {
  if (trade.status !== 'waiting') {
    const says = `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${trade.status}.`;
    return error(400, 'invalid_request_error', '', says);
  }
  parts.books.close(trade);
  return ok(sessionObject(trade));
}

const byIntent = (parts: GatewayParts, id: string) => parts.books.findWhere((trade) => intentId(trade) === id);

function makeRefund(parts: GatewayParts, form: Nested): GatewayReply {
  const id = at(form, 'payment_intent');
  const trade = byIntent(parts, id);
  if (!trade) return error(404, 'invalid_request_error', 'resource_missing', `No such payment_intent: '${id}'`);
  const amountMinor = Number(at(form, 'amount') || trade.paidMinor);
  const refundNo = at(form, 'metadata', 'refund_no') || parts.books.newNumber();
  // Stripe goes by the idempotency key alone: under another one the same metadata is another refund.
  const known = trade.refunds.some((one) => one.refundNo === refundNo);
  const answer = parts.books.refund(trade, { refundNo: known ? parts.books.newNumber() : refundNo, amountMinor });
  if (answer.kind !== 'taken') {
    return error(
      400,
      'invalid_request_error',
      'charge_already_refunded',
      'Refund amount is greater than unrefunded amount',
    );
  }
  parts.announce({ kind: 'refunded', trade, refund: answer.refund });
  return ok(refundObject(trade, answer.refund));
}

function listRefunds(parts: GatewayParts, form: Nested): GatewayReply {
  const id = at(form, 'payment_intent');
  const trades = id ? [byIntent(parts, id)].filter((one) => one !== undefined) : parts.books.all();
  const all = trades.flatMap((trade) => trade.refunds.map((refund) => ({ trade, refund })));
  const expanded = at(form, 'expand', '0') === 'data.charge';
  const chosen = within(all, form, (one) => one.refund.createdAt);
  return ok(
    listOf(
      '/v1/refunds',
      chosen.map(({ trade, refund }) => refundObject(trade, refund, { expanded })),
    ),
  );
}

function ok(value: unknown): GatewayReply {
  return {
    headers: { 'content-type': 'application/json', 'request-id': 'req_simulated' },
    body: JSON.stringify(value),
  };
}

function error(status: number, type: string, code: string, message: string): GatewayReply {
  return { ...ok({ error: { type, message, ...(code ? { code } : {}) } }), status };
}
