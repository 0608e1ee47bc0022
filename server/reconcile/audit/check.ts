/** What a check of the audit is: one invariant, proved from the database and the issue journal alone. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { JournalReading } from './read-journal.ts';

export interface CheckDeps {
  database: Database;
  clock: Clock;
  journalFolder: string;
  /** The journal against all issues; read once for all checks that need it. */
  journal(): Promise<JournalReading>;
}

export interface Finding {
  /** How many violations there are. */
  found: number;
  /** Some of them in words, at most `sampleSize`. */
  sample: string[];
}

export interface Check {
  /** INV-n of the invariants; LOG-n of the audit log. */
  id: string;
  says: string;
  run(deps: CheckDeps): Promise<Finding>;
}

export const sampleSize = 10;

export function together(findings: readonly Finding[]): Finding {
  return {
    found: findings.reduce((sum, one) => sum + one.found, 0),
    sample: findings.flatMap((one) => one.sample).slice(0, sampleSize),
  };
}

/** A finding made of things already at hand. */
export function listed(what: string, ids: Iterable<string | number>): Finding {
  const all = [...ids];
  return { found: all.length, sample: all.slice(0, sampleSize).map((id) => `${what} ${id}`) };
}
