import { Type } from 'typebox';
import { RefundList, RefundListQuery, RefundNo, RefundReply } from '../../../../contract/admin-money.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { askRefundNow } from '../../../reconcile/money/ask-refund-now.ts';
import { refundNamed, searchRefunds } from '../../../reconcile/money/refund-list-store.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: money'];
const base = '/api/admin/v1/refunds';
const params = Type.Object({ no: RefundNo });

export function refundRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListRefunds',
    tags,
    summary: 'Refunds, newest first; those refused come with the case that says what to do',
    querystring: RefundListQuery,
    response: { 200: RefundList },
  };
  app.get(base, { config: { action: 'payments.read' }, schema: list }, async ({ query }) => {
    const { before, from: fromMs, to: toMs, q, ...filter } = query;
    const text = q?.trim();
    if (text !== undefined && !/^[\x21-\x7e]+$/.test(text)) return { refunds: [], next: null };
    const search = { ...filter, q: text, fromMs, toMs, ...(before && { before: pageStart(before) }) };
    const refunds = await searchRefunds(context.database.read, search);
    const last = refunds.length === query.limit ? refunds.at(-1) : undefined;
    return { refunds, next: last ? `${last.createdAt}.${last.refundNo}` : null };
  });

  const show = { operationId: 'adminShowRefund', tags, summary: 'One refund', params };
  app.get(
    `${base}/:no`,
    { config: { action: 'payments.read' }, schema: { ...show, response: { 200: RefundReply, 404: Problem } } },
    async ({ params: { no } }) => reply(context, no),
  );

  const ask = {
    operationId: 'adminAskRefund',
    tags,
    summary: 'Ask the channel about a refund on its way now; one that was refused is tried again by its review case',
    params,
    response: { 200: RefundReply, 404: Problem, 409: Problem },
  };
  app.post(`${base}/:no/ask`, { config: { action: 'refunds.ask' }, schema: ask }, async (request) => {
    const { no } = request.params;
    const outcome = await askRefundNow(context, { refundNo: no, ...actorOf(request) });
    if (outcome === 'not-found') throw new ProblemError('refund_not_found');
    if (outcome === 'finished') throw new ProblemError('refund_finished');
    return reply(context, no);
  });
}

async function reply(context: Context, refundNo: string) {
  const refund = await refundNamed(context.database.read, refundNo);
  if (!refund) throw new ProblemError('refund_not_found');
  return { refund };
}

function pageStart(before: string): { at: number; refundNo: string } {
  const dot = before.indexOf('.');
  return { at: Number(before.slice(0, dot)), refundNo: before.slice(dot + 1) };
}
