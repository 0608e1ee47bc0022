import { completeJournal } from '../journal/complete-journal.ts';
import { readState, writeState } from '../journal/reading-state.ts';
import type { Scan } from './scan.ts';

export const completedStateName = 'completed';

export const databaseAgainstJournalScan: Scan = {
  name: 'database-against-journal',
  says: 'Adds to the issue journal what a crash kept from being written there.',
  everyMs: 30_000,
  runsOn: 'leader',
  async run(deps) {
    const before = await readState(deps.journalFolder, completedStateName);
    const { appended, state } = await completeJournal(deps, before);
    if (appended > 0) deps.log.info({ appended }, 'the issue journal was completed from the database');
    // An empty shop has no folder yet, and nothing to remember.
    if (Object.keys(state.cursor).length > 0) await writeState(deps.journalFolder, completedStateName, state);
    return { found: appended, mended: appended };
  },
};
