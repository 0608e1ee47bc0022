import { Type } from 'typebox';
import { ProposalList, ProposalParams } from '../../../../contract/admin-replacements.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { listProposals } from '../../../payment/proposal-store.ts';
import { withdrawProposal } from '../../../payment/withdraw-proposal.ts';
import { actorOf } from '../../actor.ts';
import { proposalRow } from '../../admin-views.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: orders'];
/** Who has more than this waiting has forgotten them. */
const most = 200;

export function proposalRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListProposals',
    tags,
    summary: 'What waits for a second person, the newest first',
    response: { 200: ProposalList },
  };
  app.get('/api/admin/v1/proposals', { config: { action: 'orders.read' }, schema: list }, async () => ({
    proposals: (await listProposals(context.database.read, most)).map(proposalRow),
  }));
  const withdraw = {
    operationId: 'adminWithdrawProposal',
    tags,
    summary: 'Takes back what waits for a second person',
    params: ProposalParams,
    response: { 204: Type.Null(), 404: Problem },
  };
  app.delete(
    '/api/admin/v1/proposals/:subject/:action',
    { config: { action: 'orders.refund' }, schema: withdraw },
    async (request, reply) => {
      const gone = await withdrawProposal(context, { ...request.params, ...actorOf(request) });
      if (!gone) throw new ProblemError('proposal_not_found');
      return reply.code(204).send(null);
    },
  );
}
