/** The page behind the sandbox's QR code, where a payer chooses what happens. Only there when the sandbox is. */
import type { AddressInfo } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { readOrder } from '../../../order/order-store.ts';
import { type PayChoice, pay, payChoices } from '../../../payment/channels/sandbox/pay.ts';
import { type PayPage, payPageHtml } from '../../../payment/channels/sandbox/pay-page.ts';
import { tradesOf } from '../../../payment/channels/sandbox/sandbox-store.ts';
import { readPayments } from '../../../payment/payment-store.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const csp =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const callbackTimeoutMs = 5000;

export function sandboxPayPageRoute(app: App, context: Context): void {
  const url = '/pay/sandbox/:outTradeNo';
  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    scope.get(url, { schema: { hide: true } }, async (request, reply) => {
      const { payment, order } = await payable(context, request);
      const trades = await tradesOf(context.database.read, payment.id);
      const ended = order.status !== 'pending' || trades.length > 0;
      return page(
        reply,
        request,
        payment,
        order,
        ended ? (trades.some((trade) => trade.status === 'paid') ? 'done' : 'closed') : 'open',
      );
    });
    scope.post(url, { schema: { hide: true } }, async (request, reply) => {
      const choice = (request.body as { choice?: unknown } | undefined)?.choice;
      if (!payChoices.includes(choice as PayChoice)) throw new ProblemError('invalid_request', 'Unknown choice.');
      const { payment, order } = await payable(context, request);
      const outcome = await pay(
        {
          ...context,
          secret: context.config.sandboxSecret as string,
          post: (body, headers) => post(app, body, headers),
        },
        {
          outTradeNo: payment.id,
          amountMinor: payment.amountMinor,
          currency: payment.currency,
          expiresAt: order.expiresAt,
        },
        choice as PayChoice,
      );
      return page(reply, request, payment, order, outcome.kind);
    });
  });
}

async function payable(context: Context, request: FastifyRequest) {
  const { outTradeNo } = request.params as { outTradeNo: string };
  if (!/^[0-9A-Z]{30}$/.test(outTradeNo)) throw new ProblemError('payment_not_found');
  const payment = (await readPayments(context.database.read, [outTradeNo])).get(outTradeNo);
  const order = payment?.channel === 'sandbox' ? await readOrder(context.database.read, payment.orderId) : undefined;
  if (!payment || !order) throw new ProblemError('payment_not_found');
  return { payment, order };
}

function page(
  reply: FastifyReply,
  request: FastifyRequest,
  payment: { id: string; amountMinor: number; currency: string },
  order: { lines: { productName: string; skuName: string }[] },
  state: PayPage['state'],
) {
  const lang = /^\s*zh|^$/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en';
  const amount = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', {
    style: 'currency',
    currency: payment.currency,
  }).format(payment.amountMinor / 100);
  const subject = order.lines.map((line) => `${line.productName} ${line.skuName}`).join('、');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', csp)
    .header('cache-control', 'no-store')
    .send(payPageHtml({ outTradeNo: payment.id, subject, amount, lang, state }));
}

/** The gateway calls the shop as any gateway would: over HTTP. It knows where we listen. */
async function post(app: App, body: string, headers: Record<string, string>): Promise<void> {
  const { address, port, family } = app.server.address() as AddressInfo;
  const host = address === '::' || address === '0.0.0.0' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  const signal = AbortSignal.timeout(callbackTimeoutMs);
  await fetch(`http://${host}:${port}/api/v1/callbacks/sandbox`, { method: 'POST', body, headers, signal });
}
