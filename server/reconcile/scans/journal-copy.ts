/** The second place of the issue journal: kept complete, and compared with the database like the files of this machine. */
import type { IssueRecord } from '../../platform/journal/issue-journal.ts';
import { lostIssues } from '../journal/compare-records.ts';
import { secureLostIssues } from '../journal/secure-lost-issues.ts';
import type { Scan, ScanDeps, ScanReport } from './scan.ts';

/** A database that fails over may lose commits of its last moments; what other machines handed out then is compared again. */
const compareAgainForMs = 10 * 60_000;
const atOnce = 1000;

export const journalCopyScan: Scan = {
  name: 'journal-copy',
  says: 'Completes the second place of the issue journal and compares what all machines handed out lately.',
  everyMs: 30_000,
  runsOn: 'every-worker',
  async run(deps) {
    const sent = (await deps.journalCopy?.catchUp()) ?? 0;
    const compared = await compareSince(deps, deps.clock.now() - compareAgainForMs);
    return { found: sent + compared.found, mended: sent + compared.mended };
  },
};

export const wholeJournalCopyScan: Scan = {
  name: 'whole-journal-copy',
  says: 'Compares everything that any machine ever handed out, from the second place of the issue journal.',
  everyMs: 6 * 3_600_000,
  runsOn: 'leader',
  run: (deps) => compareSince(deps, 0),
};

async function compareSince(deps: ScanDeps, sinceMs: number): Promise<ScanReport> {
  const report: ScanReport = { found: 0, mended: 0 };
  let records: IssueRecord[] = [];
  async function compare(): Promise<void> {
    const lost = await lostIssues(deps.database.read, records);
    records = [];
    report.found += lost.length;
    if (lost.length > 0) report.mended += await secureLostIssues(deps, lost);
  }
  for await (const record of deps.journalCopy?.recordsSince(sinceMs) ?? []) {
    records.push(record);
    if (records.length >= atOnce) await compare();
    if (deps.signal.aborted) return report;
  }
  await compare();
  return report;
}
