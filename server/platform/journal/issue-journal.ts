/** What the issue journal promises, wherever it is kept: a file beside the database, a second database, or both. */

/** One card handed to one order. Never the card itself: the journal may be copied anywhere. */
export interface IssueRecord {
  cardId: number;
  orderId: string;
  /** UTC milliseconds of the issue. */
  at: number;
  /** Keyed hash of the card's number: knows it again when it is imported anew. Records of older versions have none. */
  cardHash?: string | undefined;
}

/** The record of an issue, whatever else its object holds. */
export function issueRecord(issue: { cardId: number; orderId: string; cardHash?: string }, at: number): IssueRecord {
  const { cardId, orderId, cardHash } = issue;
  return { cardId, orderId, at, ...(cardHash && { cardHash }) };
}

export interface IssueJournal {
  /** Resolves when the records are on disk. Rejects when they are not: then nothing may be shown or acknowledged. */
  append(records: readonly IssueRecord[]): Promise<void>;
  /** The same for records that may have been written before; those this process knows of cost nothing. */
  ensureRecorded(records: readonly IssueRecord[]): Promise<void>;
  /** Waits for what is under way. Records handed in later are refused. */
  close(): Promise<void>;
}
