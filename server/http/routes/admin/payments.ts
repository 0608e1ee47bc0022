import { Type } from 'typebox';
import {
  PaymentDetail,
  PaymentId,
  PaymentList,
  PaymentListQuery,
  PaymentMessages,
  QueryPaymentReply,
} from '../../../../contract/admin-money.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { askPaymentNow } from '../../../payment/ask-payment-now.ts';
import { createRateLimit } from '../../../platform/cache/rate-limit.ts';
import { messagesOfPayment, readAttempt } from '../../../reconcile/money/payment-books-store.ts';
import { paymentDetail } from '../../../reconcile/money/payment-detail.ts';
import { paymentIdsOf, searchPayments } from '../../../reconcile/money/payment-list-store.ts';
import { actorOf } from '../../actor.ts';
import { reviewRow } from '../../admin-views.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: money'];
const base = '/api/admin/v1/payments';
const params = Type.Object({ id: PaymentId });
/** Networks answer so many questions a second and no more; impatience is not to cost the shop its account there. */
const asksPerMinute = 10;

export function paymentRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListPayments',
    tags,
    summary: 'Payment attempts, newest order first',
    querystring: PaymentListQuery,
    response: { 200: PaymentList },
  };
  app.get(base, { config: { action: 'payments.read' }, schema: list }, async ({ query }) => {
    const { q, from: fromMs, to: toMs, ...filter } = query;
    const db = context.database.lagging;
    const text = q?.trim();
    // Numbers are ASCII; MariaDB does not even compare anything else with them.
    const ids = text === undefined ? undefined : /^[\x21-\x7e]+$/.test(text) ? await paymentIdsOf(db, text) : [];
    return searchPayments(db, { ...filter, fromMs, toMs, ids });
  });

  const show = {
    operationId: 'adminShowPayment',
    tags,
    summary: 'A payment attempt with its evidence, messages, refunds, fee and history',
    params,
    response: { 200: PaymentDetail, 404: Problem },
  };
  app.get(`${base}/:id`, { config: { action: 'payments.read' }, schema: show }, async (request) => {
    const found = await paymentDetail(context, request.params.id);
    if (!found) throw new ProblemError('payment_not_found');
    const { cases, ...detail } = found;
    return { ...detail, reviewCases: cases.map(reviewRow) };
  });

  const messages = {
    operationId: 'adminShowPaymentMessages',
    tags,
    summary: 'What the channel has sent about a payment, word for word',
    params,
    response: { 200: PaymentMessages, 404: Problem },
  };
  app.get(`${base}/:id/messages`, { config: { action: 'payments.evidence' }, schema: messages }, async (request) => {
    const { id } = request.params;
    const db = context.database.read;
    if (!(await readAttempt(db, id))) throw new ProblemError('payment_not_found');
    return { messages: await messagesOfPayment(db, id) };
  });

  const asks = createRateLimit({
    redis: context.redis,
    name: 'payment query',
    tries: asksPerMinute,
    windowSeconds: 60,
  });
  const ask = {
    operationId: 'adminQueryPayment',
    tags,
    summary: 'Ask the channel now what became of a payment, and act on its answer',
    params,
    response: { 200: QueryPaymentReply, 404: Problem, 429: Problem },
  };
  app.post(`${base}/:id/query`, { config: { action: 'payments.query' }, schema: ask }, async (request) => {
    const { id } = request.params;
    if (context.config.limits && !(await asks.count(id))) throw new ProblemError('too_many_requests');
    const result = await askPaymentNow(context, { paymentId: id, ...actorOf(request) });
    const payment = result && (await readAttempt(context.database.read, id));
    if (!payment) throw new ProblemError('payment_not_found');
    return { outcome: result.kind, reason: result.kind === 'unknown' ? result.reason : null, payment };
  });
}
