import { countOpenCases } from './open-case-store.ts';
import type { Scan } from './scan.ts';

export const countOpenCasesScan: Scan = {
  name: 'count-open-cases',
  says: 'Counts the review cases that wait for a person, for the metrics.',
  everyMs: 30_000,
  runsOn: 'leader',
  async run({ database, metrics }) {
    metrics.openReviewCases.set(await countOpenCases(database.read));
    return { found: 0, mended: 0 };
  },
};
