/** The issue journals of all processes as one, and what of recorded orders still waits on their disks. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openIntentBook } from '../../server/degrade/intent-book.ts';
import type { Clock } from '../../server/platform/clock.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { readIssueJournal } from '../../server/platform/journal/read-issue-journal.ts';
import { type AuditReport, auditAll } from '../../server/reconcile/audit/audit-all.ts';
import type { JournalEvidence } from './evidence.ts';

export interface JournalReadings {
  journals: JournalEvidence;
  audit: AuditReport;
  waitingIntents: number;
}

const noLimit = 1_000_000_000;

/** Reads copies: the processes go on writing, and an auditor must not be what changes a file. */
export async function readJournals(options: {
  dataDirs: readonly string[];
  database: Database;
  clock: Clock;
}): Promise<JournalReadings> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-auditor-'));
  try {
    const journalFolder = join(folder, 'journals');
    for (const dir of options.dataDirs) copy(join(dir, 'issue-journal'), journalFolder);
    const journals: JournalEvidence = { records: [], broken: [] };
    for await (const entry of readIssueJournal(journalFolder)) {
      if (entry.kind === 'record')
        journals.records.push({ cardId: entry.record.cardId, orderId: entry.record.orderId });
      if (entry.kind === 'broken') journals.broken.push(`${entry.file} at byte ${entry.offset}: ${entry.reason}`);
    }
    let waitingIntents = 0;
    for (const [i, dir] of options.dataDirs.entries()) {
      const copied = join(folder, `intents-${i}`);
      if (copy(join(dir, 'intents'), copied)) waitingIntents += await waitingIn(copied, options.clock);
    }
    // The shop is at rest: nothing is a moment old any more.
    const clock = { ...options.clock, now: () => options.clock.now() + 3_600_000 };
    const audit = await auditAll({ database: options.database, clock, journalFolder });
    return { journals, audit, waitingIntents };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copy(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  cpSync(from, to, { recursive: true });
  return true;
}

async function waitingIn(folder: string, clock: Clock): Promise<number> {
  const book = openIntentBook({ folder, instance: 'auditor', clock, maxWaiting: noLimit, maxFrom: () => noLimit });
  try {
    await book.refresh();
    return book.waitingCount();
  } finally {
    await book.close();
  }
}
