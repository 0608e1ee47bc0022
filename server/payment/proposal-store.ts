/** What one person decided and a second one must say too: `proposals`, one open at a time for each thing and action. */
import { isMysql } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export const proposalActions = ['refund', 'complete', 'confirm'] as const;
export type ProposalAction = (typeof proposalActions)[number];

export interface Proposal {
  /** `order:<id>` or `payment:<id>`. */
  subject: string;
  action: ProposalAction;
  orderId: string;
  amountMinor: number;
  /** What exactly was decided, as JSON: the second one must say the same, word for word. */
  terms: string;
  proposedBy: string;
  reason: string;
  proposedAt: number;
}

type ProposalKey = Pick<Proposal, 'subject' | 'action'>;

export async function readProposal(tx: Tx, { subject, action }: ProposalKey): Promise<Proposal | undefined> {
  let query = tx.selectFrom('proposals').selectAll().where('subject', '=', subject).where('action', '=', action);
  if (isMysql(tx)) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  return row && proposalOf(row);
}

export async function proposalsOfOrder(db: Db, orderId: string): Promise<Proposal[]> {
  return (await db.selectFrom('proposals').selectAll().where('order_id', '=', orderId).execute()).map(proposalOf);
}

/** The newest first. */
export async function listProposals(db: Db, limit: number): Promise<Proposal[]> {
  const rows = await db.selectFrom('proposals').selectAll().orderBy('proposed_at', 'desc').limit(limit).execute();
  return rows.map(proposalOf);
}

export async function putProposal(tx: Tx, proposal: Proposal): Promise<void> {
  await dropProposal(tx, proposal);
  await tx
    .insertInto('proposals')
    .values({
      subject: proposal.subject,
      action: proposal.action,
      order_id: proposal.orderId,
      amount_minor: proposal.amountMinor,
      terms: proposal.terms,
      proposed_by: proposal.proposedBy.slice(0, 120),
      reason: proposal.reason.slice(0, 300),
      proposed_at: proposal.proposedAt,
    })
    .execute();
}

/** @returns false when there is none */
export async function dropProposal(tx: Tx, { subject, action }: ProposalKey): Promise<boolean> {
  const gone = await tx
    .deleteFrom('proposals')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

interface Row {
  subject: string;
  action: string;
  order_id: string;
  amount_minor: number;
  terms: string;
  proposed_by: string;
  reason: string;
  proposed_at: number;
}

function proposalOf(row: Row): Proposal {
  return {
    subject: row.subject,
    action: row.action as ProposalAction,
    orderId: row.order_id,
    amountMinor: row.amount_minor,
    terms: row.terms,
    proposedBy: row.proposed_by,
    reason: row.reason,
    proposedAt: row.proposed_at,
  };
}
