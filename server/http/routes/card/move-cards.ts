import { join } from 'node:path';
import { MoveCardsBody, MovedCards } from '../../../../contract/card.ts';
import { quarantineCards, restoreCards, withdrawCards } from '../../../card/move-cards.ts';
import type { Context } from '../../../context.ts';
import { findInJournal } from '../../../platform/journal/find-in-journal.ts';
import type { App } from '../../app-type.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

const moves = {
  withdraw: { operation: withdrawCards, summary: 'Takes cards off the shelf for good' },
  quarantine: { operation: quarantineCards, summary: 'Takes cards off the shelf until somebody has looked into them' },
  restore: { operation: restoreCards, summary: 'Puts cards back that were never issued' },
} as const;

export function moveCardsRoutes(app: App, context: Context): void {
  const folder = join(context.config.dataDir, 'issue-journal');
  const inJournal = async (cardIds: readonly number[]) =>
    new Set((await findInJournal(folder, cardIds, context.journalCopy)).keys());
  for (const [name, { operation, summary }] of Object.entries(moves)) {
    app.post(
      `/api/admin/v1/cards/${name}`,
      {
        config: { action: 'cards.change' },
        schema: {
          tags: ['admin: cards'],
          operationId: `${name}Cards`,
          summary,
          body: MoveCardsBody,
          response: { 200: MovedCards },
        },
      },
      (request) => {
        const { ids, reason } = request.body;
        return operation({ ...context, inJournal }, { cardIds: ids, reason, ...actorOf(request) });
      },
    );
  }
}
