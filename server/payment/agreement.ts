/**
 * Four eyes for what a person does to an order directly: above the owner's amount the first one only proposes, and a second
 * person who decides exactly the same carries it out. Called under the lock of the order, so that of two who agree at once
 * one wins and the other finds the work done.
 */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Tx } from '../platform/db/database.ts';
import { dropProposal, type ProposalAction, putProposal, readProposal } from './proposal-store.ts';
import { areTwoPeople, secondPersonFrom } from './second-person.ts';

export interface Decision extends Actor {
  action: ProposalAction;
  subject: string;
  orderId: string;
  /** What is at stake, in minor units, with what went the same way before. */
  amountMinor: number;
  terms: Readonly<Record<string, string | number | null>>;
  reason: string;
}

/** `go`: it may be done now; the proposal that led to it is gone with this transaction. */
export async function agree(tx: Tx, decision: Decision, now: number): Promise<'go' | 'proposed'> {
  const from = await secondPersonFrom(tx);
  const { action, subject, orderId, amountMinor, actor, requestId, reason } = decision;
  if (from === undefined || amountMinor < from) {
    await dropProposal(tx, decision);
    return 'go';
  }
  const terms = JSON.stringify(decision.terms);
  const first = await readProposal(tx, decision);
  if (first?.terms === terms && areTwoPeople(first.proposedBy, actor)) {
    await dropProposal(tx, decision);
    return 'go';
  }
  await putProposal(tx, { subject, action, orderId, amountMinor, terms, proposedBy: actor, reason, proposedAt: now });
  const after = { amountMinor, ...decision.terms };
  await recordAudit(tx, { at: now, actor, requestId, action: `${action}.propose`, subject, orderId, reason, after });
  return 'proposed';
}
