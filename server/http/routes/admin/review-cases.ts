import { Type } from 'typebox';
import {
  ResolveBody,
  ResolveManyBody,
  ResolveManyReply,
  ReviewList,
  ReviewListQuery,
  ReviewReply,
} from '../../../../contract/admin-orders.ts';
import { RowId } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { resolveReviewCase } from '../../../payment/resolve-review-case.ts';
import { listReviewCases, readReviewCase } from '../../../payment/review-store.ts';
import { actorOf } from '../../actor.ts';
import { reviewRow } from '../../admin-views.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: review cases'];

export function listReviewCasesRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminListReviewCases',
    tags,
    summary: 'What waits for a person, newest first',
    querystring: ReviewListQuery,
    response: { 200: ReviewList },
  };
  app.get('/api/admin/v1/review-cases', { config: { action: 'review.read' }, schema }, async (request) => {
    const cases = await listReviewCases(context.database.read, request.query);
    const last = cases.length === request.query.limit ? cases.at(-1) : undefined;
    return { cases: cases.map(reviewRow), next: last?.id ?? null };
  });
}

export function resolveReviewCaseRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminResolveReviewCase',
    tags,
    summary: 'Settle a case: issue from stock, refund, release, or close with a reason',
    params: Type.Object({ id: RowId }),
    body: ResolveBody,
    response: { 200: ReviewReply },
  };
  app.post(
    '/api/admin/v1/review-cases/:id/resolve',
    { config: { action: 'review.resolve' }, schema },
    async (request) => {
      const { id } = request.params;
      const outcome = await resolveReviewCase(context, { caseId: id, ...request.body, ...actorOf(request) });
      if (outcome.kind === 'case-not-found') throw new ProblemError('review_case_not_found');
      if (outcome.kind === 'case-closed') throw new ProblemError('review_case_closed');
      if (outcome.kind === 'not-possible') throw new ProblemError('order_state_conflict', outcome.reason);
      const found = await readReviewCase(context.database.read, id);
      if (!found) throw new ProblemError('review_case_not_found');
      return { case: reviewRow(found), outcome: outcome.kind };
    },
  );
}

export function resolveReviewCasesRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminResolveReviewCases',
    tags,
    summary: 'Settle many cases the same way; each by itself, so one that cannot be settled stops no other',
    body: ResolveManyBody,
    response: { 200: ResolveManyReply },
  };
  app.post('/api/admin/v1/review-cases/resolve', { config: { action: 'review.resolve' }, schema }, async (request) => {
    const { ids, ...decision } = request.body;
    const results = [];
    for (const caseId of ids) {
      const outcome = await resolveReviewCase(context, { caseId, ...decision, ...actorOf(request) });
      results.push({ id: caseId, outcome: outcome.kind, ...('reason' in outcome ? { reason: outcome.reason } : {}) });
    }
    return { results };
  });
}
