/** Journal records against the database: which issues has it lost? */
import { cardStatus } from '../../../contract/states.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';
import { issuesOfCards, statusesOfCards } from './issue-record-store.ts';

export interface LostIssue {
  record: IssueRecord;
  why:
    | 'for-sale' // the card can be sold again at any moment
    | 'issued-to-another'
    | 'sold-without-issue'
    | 'no-such-card';
}

export async function lostIssues(db: Db | Tx, records: readonly IssueRecord[]): Promise<LostIssue[]> {
  const issues = await issuesOfCards(
    db,
    records.map((record) => record.cardId),
  );
  const doubtful = records.filter((record) => issues.get(record.cardId) !== record.orderId);
  if (doubtful.length === 0) return [];
  const statuses = await statusesOfCards(
    db,
    doubtful.map((record) => record.cardId),
  );
  return doubtful.flatMap((record) => {
    const why = whyLost(issues.has(record.cardId), statuses.get(record.cardId));
    return why ? [{ record, why }] : [];
  });
}

function whyLost(issued: boolean, status: number | undefined): LostIssue['why'] | undefined {
  if (issued) return 'issued-to-another';
  if (status === undefined) return 'no-such-card';
  // Off the shelf for good, or until a person has looked: it cannot be sold.
  if (status === cardStatus.quarantined || status === cardStatus.withdrawn) return undefined;
  return status === cardStatus.sold ? 'sold-without-issue' : 'for-sale';
}
