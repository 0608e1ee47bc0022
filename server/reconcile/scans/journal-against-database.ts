/**
 * INV-10. A database that fails over may lose commits it had acknowledged, so records of the last minutes are compared
 * again and again, not once; and all of them a few times a day, for a database that was brought back from a backup.
 */
import { checkJournal, type JournalCheck } from '../journal/check-journal.ts';
import { readState, writeState } from '../journal/reading-state.ts';
import type { Scan, ScanReport } from './scan.ts';

export const journalStateName = 'compared';
const compareAgainForMs = 5 * 60_000;

export const journalAgainstDatabaseScan: Scan = {
  name: 'journal-against-database',
  says: 'Compares new records of the issue journal with the database; a card that the database lost leaves the shelf.',
  everyMs: 30_000,
  runsOn: 'every-worker',
  async run(deps) {
    const { cursor } = await readState(deps.journalFolder, journalStateName);
    const until = deps.clock.now() - compareAgainForMs;
    const check = await checkJournal(deps, cursor, until);
    // A shop that has sold nothing has no folder yet, and nothing to remember.
    if (check.records + check.broken > 0) {
      await writeState(deps.journalFolder, journalStateName, { cursor: check.cursor, until });
    }
    return reportOf(check);
  },
};

export const wholeJournalScan: Scan = {
  name: 'whole-journal-against-database',
  says: 'The same from the first record on: for databases that were brought back from a backup.',
  everyMs: 6 * 3_600_000,
  runsOn: 'every-worker',
  run: async (deps) => reportOf(await checkJournal(deps, {}, deps.clock.now())),
};

function reportOf({ lost, broken, quarantined }: JournalCheck): ScanReport {
  return { found: lost + broken, mended: quarantined };
}
