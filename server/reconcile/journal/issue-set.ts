/** Which card went to which order, for a million of them in about 100 MB. A card with two orders is damage, so rare. */
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';

type Issue = Pick<IssueRecord, 'cardId' | 'orderId'>;

export interface IssueSet {
  add(issue: IssueRecord): void;
  has(issue: Issue): boolean;
  /** Removes it. @returns whether it was there */
  take(issue: Issue): boolean;
  /** What nobody has taken, without times. */
  rest(): Iterable<IssueRecord>;
}

export function createIssueSet(): IssueSet {
  const first = new Map<number, string>();
  const further = new Map<string, Issue>();
  const keyOf = ({ cardId, orderId }: Issue) => `${cardId}/${orderId}`;
  const has = (issue: Issue) => first.get(issue.cardId) === issue.orderId || further.has(keyOf(issue));
  return {
    add({ cardId, orderId }) {
      const known = first.get(cardId);
      if (known === undefined) first.set(cardId, orderId);
      else if (known !== orderId) further.set(keyOf({ cardId, orderId }), { cardId, orderId });
    },
    has,
    take(issue) {
      if (first.get(issue.cardId) === issue.orderId) return first.delete(issue.cardId);
      return further.delete(keyOf(issue));
    },
    *rest() {
      for (const [cardId, orderId] of first) yield { cardId, orderId, at: 0 };
      for (const issue of further.values()) yield { ...issue, at: 0 };
    },
  };
}
