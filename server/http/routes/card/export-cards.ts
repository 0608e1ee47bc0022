import { Readable } from 'node:stream';
import { ExportCardsBody } from '../../../../contract/card.ts';
import { exportCards } from '../../../card/export-cards.ts';
import type { Keyring } from '../../../card/keyring.ts';
import type { Context } from '../../../context.ts';
import type { App } from '../../app-type.ts';
import { cardFile, cardFileTypes } from '../../card-file.ts';
import { actorOf } from '../../plugins/admin-auth.ts';
import { requireRecentProof } from '../../plugins/recent-proof.ts';
import { ProblemError } from '../../problem.ts';

export function exportCardsRoute(app: App, context: Context, keyring: Keyring): void {
  const schema = {
    operationId: 'exportCards',
    tags: ['admin: cards'],
    summary: 'Cards in clear, as a file; for an owner who has just proved who they are, with a reason',
    body: ExportCardsBody,
    produces: ['text/csv', 'text/plain'],
  };
  const preHandler = requireRecentProof(context);
  app.post(
    '/api/admin/v1/cards/export',
    { config: { action: 'cards.export' }, schema, preHandler },
    async (request, reply) => {
      const { format, ...what } = request.body;
      if (what.withdraw && what.status !== 'available')
        throw new ProblemError('invalid_request', 'Only cards that are for sale can be withdrawn.');
      const { contentType, ending } = cardFileTypes[format];
      const day = new Date(context.clock.now()).toISOString().slice(0, 10);
      reply.header('content-type', contentType);
      reply.header('content-disposition', `attachment; filename="cards-${what.skuId}-${day}.${ending}"`);
      const pages = exportCards({ ...context, keyring }, { ...what, ...actorOf(request) });
      return reply.send(Readable.from(cardFile(pages, format)));
    },
  );
}
