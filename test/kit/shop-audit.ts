/** The books of a shop at rest: the audit of the program, and what must also hold while no request is under way. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import type { Clock } from '../../server/platform/clock.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { auditAll } from '../../server/reconcile/audit/audit-all.ts';

export interface Books {
  database: Database;
  clock: Clock;
  /** Of every process that issued cards. */
  journalFolders: readonly string[];
}

/** An issue may be a moment ahead of the journal; of a shop at rest every moment has passed. */
const later = (clock: Clock): Clock => ({ ...clock, now: () => clock.now() + 3_600_000 });

const atRest = [
  {
    says: 'cards are reserved for unpaid orders alone, as many as they want',
    wrong: `SELECT o.id, o.status, w.n AS wanted, k.n AS reserved FROM orders o
      LEFT JOIN (SELECT order_id, SUM(quantity) AS n FROM order_lines WHERE delivery = 'cards' GROUP BY order_id) w
        ON w.order_id = o.id
      LEFT JOIN (SELECT order_id, COUNT(*) AS n FROM card_keys WHERE status = 2 GROUP BY order_id) k ON k.order_id = o.id
      WHERE COALESCE(k.n, 0) <> CASE WHEN o.status = 'pending' THEN COALESCE(w.n, 0) ELSE 0 END LIMIT 5`,
  },
  {
    says: 'a reserved card belongs to an order, a free one to nobody',
    wrong: `SELECT k.id, k.status, k.order_id FROM card_keys k LEFT JOIN orders o ON o.id = k.order_id
      WHERE (k.status = 2 AND o.id IS NULL) OR (k.status = 0 AND k.order_id IS NOT NULL) LIMIT 5`,
  },
];

/** @returns what is wrong, in words */
export async function flawsOf({ database, clock, journalFolders }: Books): Promise<string[]> {
  const flaws: string[] = [];
  for (const { says, wrong } of atRest) {
    const { rows } = await database.read.executeQuery(CompiledQuery.raw(wrong));
    if (rows.length > 0) flaws.push(`not so: ${says}: ${JSON.stringify(rows)}`);
  }
  const all = mkdtempSync(join(tmpdir(), 'cardwell-journals-'));
  try {
    for (const folder of journalFolders) if (existsSync(folder)) cpSync(folder, all, { recursive: true });
    const report = await auditAll({ database, clock: later(clock), journalFolder: all });
    for (const { id, ok, found, sample } of report.checks) if (!ok) flaws.push(`${id}, ${found} times: ${sample}`);
  } finally {
    rmSync(all, { recursive: true });
  }
  return flaws;
}

export async function assertSound(shop: {
  context: Pick<Books, 'database' | 'clock'>;
  dataDirs: readonly string[];
}): Promise<void> {
  const journalFolders = shop.dataDirs.map((dir) => join(dir, 'issue-journal'));
  assert.deepEqual(await flawsOf({ ...shop.context, journalFolders }), [], 'the books are not sound');
}
