/** Which card went to which order, for a million of them in about 100 MB. A card with two orders is damage, so rare. */
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';

type Issue = Pick<IssueRecord, 'cardId' | 'orderId'>;

export interface IssueSet {
  add(issue: Issue): void;
  has(issue: Issue): boolean;
}

export function createIssueSet(): IssueSet {
  const first = new Map<number, string>();
  const further = new Set<string>();
  const keyOf = ({ cardId, orderId }: Issue) => `${cardId}/${orderId}`;
  return {
    add(issue) {
      const known = first.get(issue.cardId);
      if (known === undefined) first.set(issue.cardId, issue.orderId);
      else if (known !== issue.orderId) further.add(keyOf(issue));
    },
    has: (issue) => first.get(issue.cardId) === issue.orderId || (further.size > 0 && further.has(keyOf(issue))),
  };
}
