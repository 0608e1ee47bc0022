/** Looks cards up in the journal files. Reads all of them, three seconds for a million records: for single decisions only. */
import type { JournalCopy } from './journal-copy.ts';
import { readIssueJournal } from './read-issue-journal.ts';

/** Of every card that the journal knows as handed out, as far as its records name them: 100 MB for a million. */
export async function issuedHashes(folder: string, copy?: Pick<JournalCopy, 'recordsSince'>): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const entry of readIssueJournal(folder)) {
    if (entry.kind === 'record' && entry.record.cardHash) found.add(entry.record.cardHash);
  }
  // What other machines handed out.
  for await (const record of copy?.recordsSince(0) ?? []) if (record.cardHash) found.add(record.cardHash);
  return found;
}

/** Card id -> the orders it was issued to, for those of the cards that the journal knows. */
export async function findInJournal(
  folder: string,
  cardIds: readonly number[],
  copy?: Pick<JournalCopy, 'recordsSince'>,
): Promise<Map<number, Set<string>>> {
  const wanted = new Set(cardIds);
  const found = new Map<number, Set<string>>();
  if (wanted.size === 0) return found;
  const note = ({ cardId, orderId }: { cardId: number; orderId: string }) => {
    if (wanted.has(cardId)) found.set(cardId, (found.get(cardId) ?? new Set()).add(orderId));
  };
  for await (const entry of readIssueJournal(folder)) if (entry.kind === 'record') note(entry.record);
  for await (const record of copy?.recordsSince(0) ?? []) note(record);
  return found;
}
