/** The audit log: who changed what, when and why. Written in the transaction of the change itself, so neither is without the other. */
import type { AuditEntryView, AuditQuery } from '../../contract/admin.ts';
import type { AuditAction } from '../../contract/audit-actions.ts';
import type { Db, Tx } from './db/database.ts';

/** Who asks for a change. */
export interface Actor {
  /** `owner:alice`, `token:deploy`, `cli`, `system`. */
  actor: string;
  requestId?: string | undefined;
}

export interface AuditEntry extends Actor {
  /** UTC milliseconds. */
  at: number;
  action: AuditAction;
  /** `<noun>:<id>`, for example `product:12`. */
  subject: string;
  orderId?: string | undefined;
  reason?: string | undefined;
  /** What changed, as it was and as it is. Never a secret (INV-9). */
  before?: unknown;
  after?: unknown;
}

/** Lengths are those of the columns: a long name must not stop the change it belongs to. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      at: entry.at,
      actor: entry.actor.slice(0, 120),
      action: entry.action,
      subject: entry.subject,
      order_id: entry.orderId ?? null,
      reason: entry.reason?.slice(0, 300) ?? null,
      before_state: stateText(entry.before),
      after_state: stateText(entry.after),
      request_id: entry.requestId ?? null,
    })
    .execute();
}

function stateText(state: unknown): string | null {
  return state === undefined || state === null ? null : JSON.stringify(state);
}

/** Newest first. */
export async function readAuditLog(
  db: Db | Tx,
  { before, limit, action, subject, orderId }: AuditQuery,
): Promise<{ entries: AuditEntryView[]; next: number | null }> {
  let found = db.selectFrom('audit_log').selectAll();
  if (before !== undefined) found = found.where('id', '<', before);
  if (action !== undefined) found = found.where('action', '=', action);
  if (subject !== undefined) found = found.where('subject', '=', subject);
  if (orderId !== undefined) found = found.where('order_id', '=', orderId);
  // One more than asked for tells whether there is a next page.
  const rows = await found
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const entries = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    orderId: row.order_id,
    reason: row.reason,
    before: row.before_state === null ? null : JSON.parse(row.before_state),
    after: row.after_state === null ? null : JSON.parse(row.after_state),
    requestId: row.request_id,
  }));
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

const recentEntries = 200;

/**
 * The subject that a request has already created, for a transaction that runs again because nobody knows whether its
 * first COMMIT arrived. Looks at the last entries of that action only.
 */
export async function subjectOfRequest(db: Db | Tx, action: string, requestId: string): Promise<string | undefined> {
  const rows = await db
    .selectFrom('audit_log')
    .select(['subject', 'request_id'])
    .where('action', '=', action)
    .orderBy('id', 'desc')
    .limit(recentEntries)
    .execute();
  return rows.find((row) => row.request_id === requestId)?.subject;
}
