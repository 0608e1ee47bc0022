/** Somebody says no to what waits for a second person, or the first one thinks again. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { dropProposal, type ProposalAction, readProposal } from './proposal-store.ts';

/** @returns false when nothing waits */
export function withdrawProposal(
  { database, clock }: { database: Database; clock: Clock },
  { subject, action, actor, requestId }: Actor & { subject: string; action: ProposalAction },
): Promise<boolean> {
  return database.transact('proposal.withdraw', async (tx) => {
    const found = await readProposal(tx, { subject, action });
    if (!found) return false;
    await dropProposal(tx, found);
    const { orderId, proposedBy, amountMinor } = found;
    const before = { proposedBy, amountMinor };
    await recordAudit(tx, {
      at: clock.now(),
      actor,
      requestId,
      action: `${action}.withdraw-proposal`,
      subject,
      orderId,
      before,
    });
    return true;
  });
}
