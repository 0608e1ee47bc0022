/** What every scan is: a search for what fell between the live paths, mended by the operations of the live paths. */
import type { ExpireDeps } from '../../payment/expire-orders.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { IssueJournal } from '../../platform/journal/issue-journal.ts';
import type { JournalCopy } from '../../platform/journal/journal-copy.ts';
import type { Log } from '../../platform/observe/log.ts';
import type { Metrics } from '../../platform/observe/metrics.ts';

export interface ScanDeps extends ExpireDeps {
  log: Log;
  metrics: Pick<Metrics, 'outboxStuck' | 'journalMismatches' | 'openReviewCases'>;
  journal: IssueJournal;
  journalFolder: string;
  /** Whose stock this shop sells from. */
  region: string;
  /** Whether buyers can be written to. */
  mailEnabled: boolean;
  /** The second place of the issue journal, where there is one. */
  journalCopy?: JournalCopy | undefined;
  /** Aborts when this process must leave the work to others; a scan then ends at its next step. */
  signal: AbortSignal;
  /** In a transaction that only one process may make: throws when another one leads by now. */
  confirm(tx: Tx): Promise<void>;
}

export interface ScanReport {
  /** Things that were not as they should be, or were due. */
  found: number;
  /** How many of them are settled now. */
  mended: number;
}

export interface Scan {
  name: string;
  /** For the operator: what it looks for and does. */
  says: string;
  everyMs: number;
  /** `leader`: one process of the shop at a time. `every-worker`: it looks at files of its own machine. */
  runsOn: 'leader' | 'every-worker';
  run(deps: ScanDeps): Promise<ScanReport>;
}
