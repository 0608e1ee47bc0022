/** Reads the journal from a position on, compares each record with the database and secures what was lost. */
import { openReviewCases } from '../../payment/review-store.ts';
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';
import { type JournalCursor, type JournalEntry, readIssueJournal } from '../../platform/journal/read-issue-journal.ts';
import { type LostIssue, lostIssues } from './compare-records.ts';
import { laggingCursor } from './reading-state.ts';
import { type SecureDeps, secureLostIssues } from './secure-lost-issues.ts';

export interface JournalCheck {
  records: number;
  /** Records without their issue in the database. */
  lost: number;
  quarantined: number;
  /** Places where the chain does not hold. */
  broken: number;
  cursor: JournalCursor;
}

const atOnce = 1000;

/** @param until the cursor returned stays before every record of this time or later */
export async function checkJournal(
  deps: SecureDeps & { journalFolder: string; signal: AbortSignal },
  from: JournalCursor,
  until: number,
): Promise<JournalCheck> {
  const reading = laggingCursor(from, until);
  const check: JournalCheck = { records: 0, lost: 0, quarantined: 0, broken: 0, cursor: reading.cursor };
  let records: IssueRecord[] = [];

  async function compare(): Promise<void> {
    const lost: LostIssue[] = await lostIssues(deps.database.read, records);
    check.records += records.length;
    check.lost += lost.length;
    if (lost.length > 0) check.quarantined += await secureLostIssues(deps, lost);
    records = [];
  }

  for await (const entry of readIssueJournal(deps.journalFolder, from)) {
    if (entry.kind === 'broken') {
      check.broken++;
      await reportBroken(deps, entry);
    }
    if (entry.kind === 'record') records.push(entry.record);
    if (records.length >= atOnce) await compare();
    reading.pass(entry);
    if (deps.signal.aborted) return { ...check, cursor: from };
  }
  await compare();
  return check;
}

async function reportBroken(deps: SecureDeps, entry: Extract<JournalEntry, { kind: 'broken' }>): Promise<void> {
  const { file, offset, reason } = entry;
  const opened = await deps.database.transact('journal.broken', (tx) =>
    openReviewCases(
      tx,
      [{ kind: 'journal_mismatch', about: `${reason}:${file}:${offset}`.slice(-90), detail: { file, offset, reason } }],
      deps.clock.now(),
    ),
  );
  if (opened > 0) deps.log.fatal({ file, offset, reason }, 'the issue journal was damaged or changed');
}
