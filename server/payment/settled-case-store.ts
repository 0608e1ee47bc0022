import type { ResolutionAction } from '../../contract/states.ts';
import { selectIn } from '../platform/db/bulk.ts';
import type { Db } from '../platform/db/database.ts';

/** Of the messages whose sending failed so often that a case was opened: those whose case a person has settled. */
export async function settledFailures(db: Db, messageIds: readonly string[]): Promise<Set<string>> {
  const byKey = new Map(messageIds.map((id) => [failureKey(id), id]));
  const rows = await selectIn<{ case_key: string }>(
    db,
    'SELECT case_key FROM review_cases WHERE case_key IN (?)',
    [...byKey.keys()],
    { tail: " AND status = 'resolved'" },
  );
  return new Set(rows.map((row) => byKey.get(row.case_key) as string));
}

/** As openReviewCases makes it of kind and `about`. */
function failureKey(messageId: string): string {
  return `delivery_failed:${messageId}`.slice(0, 120);
}

/** What makes the case of a quarantined entry: each time it is tried again in vain there is a new one. */
export function quarantineCase(id: string, round: number): string {
  return `${id.slice(-90)}:${round}`;
}

/** Of these cases about quarantined entries: what persons have decided. */
export async function decidedQuarantines(db: Db, abouts: readonly string[]): Promise<Map<string, ResolutionAction>> {
  const byKey = new Map(abouts.map((about) => [`intent_quarantined:${about}`.slice(0, 120), about]));
  const rows = await selectIn<{ case_key: string; resolution: ResolutionAction }>(
    db,
    'SELECT case_key, resolution FROM review_cases WHERE case_key IN (?)',
    [...byKey.keys()],
    { tail: " AND status = 'resolved'" },
  );
  return new Map(rows.map((row) => [byKey.get(row.case_key) as string, row.resolution]));
}
