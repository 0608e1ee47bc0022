/**
 * The other direction: issues that the database has and the journal has not, because a process died between commit and
 * append. They are appended now; nobody was shown a card or given an answer before.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { IssueJournal } from '../../platform/journal/issue-journal.ts';
import { readIssueJournal } from '../../platform/journal/read-issue-journal.ts';
import { issuesBetween, withHashes } from './issue-record-store.ts';
import { createIssueSet } from './issue-set.ts';
import { laggingCursor, type ReadingState } from './reading-state.ts';

export interface CompleteDeps {
  database: Database;
  clock: Clock;
  journal: IssueJournal;
  journalFolder: string;
  signal: AbortSignal;
}

const atOnce = 2000;
/** Between a commit and its append lies an fsync; a disk that takes longer only gets a record twice. */
const graceMs = 10_000;
/** Clocks of other machines may be behind by this much. */
const overlapMs = 10 * 60_000;

export async function completeJournal(
  deps: CompleteDeps,
  state: ReadingState,
): Promise<{ appended: number; state: ReadingState }> {
  const to = deps.clock.now() - graceMs;
  const until = Math.max(state.until, to - overlapMs);
  const reading = laggingCursor(state.cursor, until);
  const known = createIssueSet();
  for await (const entry of readIssueJournal(deps.journalFolder, state.cursor)) {
    if (entry.kind === 'record' && entry.record.at >= state.until) known.add(entry.record);
    reading.pass(entry);
  }
  let appended = 0;
  let after = { at: state.until, cardId: -1 };
  while (!deps.signal.aborted) {
    const page = await issuesBetween(deps.database.read, after, to, atOnce);
    const missing = page.filter((issue) => !known.has(issue));
    await deps.journal.append(await withHashes(deps.database.read, missing));
    appended += missing.length;
    const last = page.at(-1);
    if (!last || page.length < atOnce) return { appended, state: { cursor: reading.cursor, until } };
    after = { at: last.at, cardId: last.cardId };
  }
  return { appended, state };
}
