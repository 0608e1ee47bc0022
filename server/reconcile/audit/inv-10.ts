import { lostIssues } from '../journal/compare-records.ts';
import { settledLosses } from '../journal/issue-record-store.ts';
import { type Check, listed, together } from './check.ts';

const atOnce = 1000;

export const shownCardsNeverSoldAgain: Check = {
  id: 'INV-10',
  says: 'A card that was ever shown to a buyer is never sold again: the issue journal is whole and agrees with the database.',
  async run({ database, journal }) {
    const { broken, unmatched, unrecorded } = await journal();
    const again: string[] = [];
    for (let at = 0; at < unmatched.length; at += atOnce) {
      const lost = await lostIssues(database.read, unmatched.slice(at, at + atOnce));
      const orderIds = [...new Set(lost.map((one) => one.record.orderId))];
      const settled = await settledLosses(database.read, orderIds);
      for (const { record, why } of lost) {
        // A person may settle anything but a card that can be sold again at any moment.
        if (why === 'for-sale' || !settled.has(record.orderId)) {
          again.push(`${record.cardId} of order ${record.orderId} (${why})`);
        }
      }
    }
    return together([
      listed('the journal does not hold:', broken),
      listed('in the journal, but the database disagrees: card', again),
      listed(
        'issued, but not in the journal: card',
        unrecorded.map((issue) => `${issue.cardId} of order ${issue.orderId}`),
      ),
    ]);
  },
};
