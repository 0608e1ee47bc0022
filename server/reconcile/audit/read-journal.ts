/** One pass over the journal and one over all issues: what is in one and not in the other. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';
import type { JournalCopy } from '../../platform/journal/journal-copy.ts';
import { readIssueJournal } from '../../platform/journal/read-issue-journal.ts';
import { issuesByCard } from '../journal/issue-record-store.ts';
import { createIssueSet } from '../journal/issue-set.ts';

export interface JournalReading {
  records: number;
  /** Places where the chain does not hold, in words. */
  broken: string[];
  /** Records without such an issue in the database. */
  unmatched: IssueRecord[];
  /** Issues without a record. */
  unrecorded: IssueRecord[];
}

const atOnce = 5000;
/** An issue younger than this may still be on its way into the journal. */
const graceMs = 10_000;

export async function readJournal(deps: {
  database: Database;
  clock: Clock;
  journalFolder: string;
  journalCopy?: Pick<JournalCopy, 'recordsSince'> | undefined;
  tablesAreOf?: number | undefined;
}): Promise<JournalReading> {
  const settledBefore = deps.clock.now() - graceMs;
  const recordsBefore = deps.tablesAreOf === undefined ? Number.POSITIVE_INFINITY : deps.tablesAreOf - graceMs;
  const broken: string[] = [];
  const recorded = createIssueSet();
  let records = 0;
  // The journal first: whatever it holds had been committed before, so the database must show it afterwards.
  for await (const entry of readIssueJournal(deps.journalFolder)) {
    if (entry.kind === 'broken') broken.push(`${entry.file} at byte ${entry.offset}: ${entry.reason}`);
    if (entry.kind !== 'record' || entry.record.at >= recordsBefore) continue;
    records++;
    recorded.add(entry.record);
  }
  for await (const record of recordsOfCopy(deps.journalCopy, broken)) {
    if (record.at >= recordsBefore) continue;
    if (!recorded.has(record)) records++;
    recorded.add(record);
  }
  const unrecorded: IssueRecord[] = [];
  for (let after = -1; ; ) {
    const page = await issuesByCard(deps.database.read, after, atOnce);
    for (const issue of page) {
      if (!recorded.take(issue) && issue.at < settledBefore) unrecorded.push(issue);
    }
    const last = page.at(-1);
    if (!last || page.length < atOnce) break;
    after = last.cardId;
  }
  return { records, broken, unmatched: [...recorded.rest()], unrecorded };
}

/** What cannot be read proves nothing: a finding of its own. */
async function* recordsOfCopy(
  copy: Pick<JournalCopy, 'recordsSince'> | undefined,
  broken: string[],
): AsyncGenerator<IssueRecord> {
  try {
    yield* copy?.recordsSince(0) ?? [];
  } catch (error) {
    broken.push(`its second place cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
