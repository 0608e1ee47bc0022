/** Runs a statement that selects the `id` of whatever breaks a rule: on a sound shop it reads much and returns nothing. */
import { CompiledQuery } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { type Finding, sampleSize, together } from './check.ts';

export interface Rule {
  /** What is wrong with what is selected, to be followed by its id. */
  wrong: string;
  select: string;
}

export async function violations(db: Db, rules: readonly Rule[]): Promise<Finding> {
  const findings: Finding[] = [];
  for (const rule of rules) findings.push(await violationsOf(db, rule));
  return together(findings);
}

async function violationsOf(db: Db, { wrong, select }: Rule): Promise<Finding> {
  const some = await db.executeQuery<{ id: string | number }>(CompiledQuery.raw(`${select} LIMIT ${sampleSize + 1}`));
  const sample = some.rows.slice(0, sampleSize).map((row) => `${wrong} ${row.id}`);
  if (some.rows.length <= sampleSize) return { found: some.rows.length, sample };
  const all = await db.executeQuery<{ n: number }>(
    CompiledQuery.raw(`SELECT COUNT(*) AS n FROM (${select}) violations`),
  );
  return { found: Number(all.rows[0]?.n ?? 0), sample };
}
