/** What a person must decide. A case has a natural key, so finding the same trouble twice opens it once. */
import type { ResolutionAction, ReviewKind, ReviewStatus } from '../../contract/states.ts';
import { insertRows, selectIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { recordEvents } from '../platform/event-store.ts';

export interface NewReviewCase {
  kind: ReviewKind;
  /** What makes this case the same case when it is found again, for example the order id. */
  about: string;
  orderId?: string | null;
  paymentId?: string | null;
  tradeNo?: string | null;
  detail: Record<string, unknown>;
}

export interface ReviewCase {
  id: number;
  kind: ReviewKind;
  status: ReviewStatus;
  orderId: string | null;
  paymentId: string | null;
  tradeNo: string | null;
  detail: Record<string, unknown>;
  resolution: ResolutionAction | null;
  resolvedBy: string | null;
  reason: string | null;
  createdAt: number;
  resolvedAt: number | null;
  /** What one person wants, where a second one must agree. */
  proposedAction: ResolutionAction | null;
  proposedBy: string | null;
  version: number;
}

/** Cases that say that the data contradicts itself. */
const auditKinds: ReadonlySet<ReviewKind> = new Set(['journal_mismatch', 'stock_drift', 'evidence_conflict']);

export const caseKey = ({ kind, about }: Pick<NewReviewCase, 'kind' | 'about'>): string =>
  `${kind}:${about}`.slice(0, 120);

export async function openReviewCases(tx: Tx, cases: readonly NewReviewCase[], nowMs: number): Promise<number> {
  if (cases.length === 0) return 0;
  const keys = cases.map(caseKey);
  const rows = await selectIn<{ case_key: string }>(
    tx,
    'SELECT case_key FROM review_cases WHERE case_key IN (?)',
    keys,
  );
  const known = new Set(rows.map((row) => row.case_key));
  // A case that is found again, perhaps long after it was closed, is no news.
  const fresh = cases.filter((one) => !known.has(caseKey(one)));
  const told = fresh.map((one) => {
    const event = auditKinds.has(one.kind) ? ('audit.failed' as const) : ('review.opened' as const);
    return { event, about: caseKey(one), orderId: one.orderId ?? undefined, detail: { kind: one.kind } };
  });
  await recordEvents(tx, told, nowMs);
  return insertRows(
    tx,
    'review_cases',
    fresh.map((one) => ({
      case_key: caseKey(one),
      kind: one.kind,
      order_id: one.orderId ?? null,
      payment_id: one.paymentId ?? null,
      trade_no: one.tradeNo ?? null,
      detail: JSON.stringify(one.detail),
      created_at: nowMs,
    })),
    { onConflict: 'ignore' },
  );
}

export async function listReviewCases(
  db: Db,
  filter: { status?: ReviewStatus; kind?: string; orderId?: string; before?: number; limit: number },
): Promise<ReviewCase[]> {
  let query = db.selectFrom('review_cases').selectAll().orderBy('id', 'desc').limit(filter.limit);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.orderId) query = query.where('order_id', '=', filter.orderId);
  if (filter.before) query = query.where('id', '<', filter.before);
  return (await query.execute()).map(caseOf);
}

export async function readReviewCase(db: Db | Tx, id: number): Promise<ReviewCase | undefined> {
  const row = await db.selectFrom('review_cases').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? caseOf(row) : undefined;
}

export async function openCasesOfOrder(db: Db | Tx, orderId: string): Promise<ReviewCase[]> {
  const rows = await db
    .selectFrom('review_cases')
    .selectAll()
    .where('order_id', '=', orderId)
    .where('status', '=', 'open')
    .execute();
  return rows.map(caseOf);
}

/** One of two has decided. @returns false when the case changed meanwhile */
export async function proposeResolution(
  tx: Tx,
  found: ReviewCase,
  by: { action: ResolutionAction; actor: string },
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('review_cases')
    .set({ proposed_action: by.action, proposed_by: by.actor, proposed_at: nowMs, version: found.version + 1 })
    .where('id', '=', found.id)
    .where('status', '=', 'open')
    .where('version', '=', found.version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** open -> resolved. @returns false when somebody else was faster */
export async function closeReviewCase(
  tx: Tx,
  id: number,
  by: { action: ResolutionAction; actor: string; reason: string },
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('review_cases')
    .set((eb) => ({
      status: 'resolved',
      resolution: by.action,
      resolved_by: by.actor,
      reason: by.reason,
      resolved_at: nowMs,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

interface Row {
  id: number;
  kind: string;
  status: string;
  order_id: string | null;
  payment_id: string | null;
  trade_no: string | null;
  detail: string;
  resolution: string | null;
  resolved_by: string | null;
  reason: string | null;
  created_at: number;
  resolved_at: number | null;
  proposed_action: string | null;
  proposed_by: string | null;
  version: number;
}

function caseOf(row: Row): ReviewCase {
  return {
    id: row.id,
    kind: row.kind as ReviewKind,
    status: row.status as ReviewStatus,
    orderId: row.order_id,
    paymentId: row.payment_id,
    tradeNo: row.trade_no,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    resolution: row.resolution as ResolutionAction | null,
    resolvedBy: row.resolved_by,
    reason: row.reason,
    createdAt: row.created_at,
    resolvedAt: row.resolved_at,
    proposedAction: row.proposed_action as ResolutionAction | null,
    proposedBy: row.proposed_by,
    version: row.version,
  };
}
