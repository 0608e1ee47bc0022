/** Proves the invariants, over a running shop too: each statement sees one moment, and no rule compares two of them. */
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { JournalCopy } from '../../platform/journal/journal-copy.ts';
import type { CheckDeps, Finding } from './check.ts';
import { checks } from './checks.ts';
import { type JournalReading, readJournal } from './read-journal.ts';

export interface AuditDeps {
  database: Database;
  clock: Clock;
  journalFolder: string;
  /** The second place of the journal, where there is one: what all machines handed out. */
  journalCopy?: Pick<JournalCopy, 'recordsSince'> | undefined;
  /** UTC ms. The tables show that moment, while the journal goes on: newer records are left out. */
  tablesAreOf?: number | undefined;
  onCheck?(id: string, done: number, of: number): void;
}

export interface CheckResult extends Finding {
  id: string;
  says: string;
  ok: boolean;
}

export interface AuditReport {
  ok: boolean;
  checks: CheckResult[];
}

export async function auditAll(deps: AuditDeps): Promise<AuditReport> {
  let reading: Promise<JournalReading> | undefined;
  const checkDeps: CheckDeps = {
    ...deps,
    journal: () => {
      reading ??= readJournal(deps);
      return reading;
    },
  };
  const results: CheckResult[] = [];
  for (const [i, check] of checks.entries()) {
    deps.onCheck?.(check.id, i, checks.length);
    const finding = await check.run(checkDeps);
    results.push({ id: check.id, says: check.says, ok: finding.found === 0, ...finding });
  }
  return { ok: results.every((one) => one.ok), checks: results };
}
