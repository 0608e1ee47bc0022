/** The audit log: who changed what, when and why. Written in the transaction of the change itself, so neither is without the other. */
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
  /** `<noun>.<verb>`, for example `product.update`. */
  action: string;
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
