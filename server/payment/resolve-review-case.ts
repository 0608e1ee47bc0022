/** A person settles a review case. Of two who do so at once, one wins and the other is told. */
import type { ResolutionAction } from '../../contract/states.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { afterIssue } from './complete-order.ts';
import { actOn } from './review-actions.ts';
import { closeReviewCase, proposeResolution, readReviewCase } from './review-store.ts';
import { needsSecondPerson } from './second-person.ts';
import type { SettleDeps } from './settle-payments.ts';
import { emptyPlan, type SettlementPlan } from './settlement-plan.ts';

export interface ResolveRequest extends Actor {
  caseId: number;
  action: ResolutionAction;
  reason: string;
  /** For `link`: whose money it is. */
  orderId?: string | undefined;
}

export type ResolveOutcome =
  | { kind: 'resolved' }
  /** The amount asks for two: this was the first, and a second person must say the same. */
  | { kind: 'proposed' }
  | { kind: 'case-not-found' }
  | { kind: 'case-closed' }
  | { kind: 'not-possible'; reason: string };

/** Carries a refusal out of the transaction, so that nothing of it is kept. */
class Refused extends Error {
  readonly outcome: Exclude<ResolveOutcome, { kind: 'resolved' | 'proposed' }>;
  constructor(outcome: Exclude<ResolveOutcome, { kind: 'resolved' | 'proposed' }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export async function resolveReviewCase(deps: SettleDeps, request: ResolveRequest): Promise<ResolveOutcome> {
  try {
    const plan = await deps.database.transact('review.resolve', (tx) => resolveIn(tx, deps, request));
    if (!plan) return { kind: 'proposed' };
    await afterIssue(deps, plan);
    deps.nudges.send('outbox', 'review');
    return { kind: 'resolved' };
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

async function resolveIn(tx: Tx, deps: SettleDeps, request: ResolveRequest): Promise<SettlementPlan | undefined> {
  const { caseId, action, reason, actor, requestId } = request;
  const now = deps.clock.now();
  const found = await readReviewCase(tx, caseId);
  if (!found) throw new Refused({ kind: 'case-not-found' });
  if (found.status !== 'open') throw new Refused({ kind: 'case-closed' });
  if (await needsSecondPerson(tx, found, request)) {
    if (!(await proposeResolution(tx, found, request, now))) throw new Refused({ kind: 'case-closed' });
    const subject = `review-case:${caseId}`;
    await recordAudit(tx, { at: now, actor, requestId, action: 'review.propose', subject, reason, after: { action } });
    return undefined;
  }
  if (!(await closeReviewCase(tx, caseId, { action, actor, reason }, now))) throw new Refused({ kind: 'case-closed' });
  const step = await actOn(tx, deps, found, request);
  if (step.kind === 'not-possible') throw new Refused(step);
  const subject = `review-case:${caseId}`;
  const orderId = found.orderId ?? undefined;
  await recordAudit(tx, {
    at: now,
    actor,
    requestId,
    action: `review.${action}`,
    subject,
    orderId,
    reason,
    before: { kind: found.kind },
  });
  return step.plan ?? emptyPlan(now);
}
