/** The list of refunds, newest first, each with what its channel last said and the review case that it led to. */
import type { RefundRow } from '../../../contract/admin-money.ts';
import type { RefundStatus, ResolutionAction, ReviewKind, ReviewStatus } from '../../../contract/states.ts';
import { selectIn } from '../../platform/db/bulk.ts';
import type { Db } from '../../platform/db/database.ts';

export interface RefundSearch {
  q?: string;
  channel?: string;
  status?: RefundStatus;
  fromMs?: number;
  toMs?: number;
  before?: { at: number; refundNo: string };
  limit: number;
}

export async function searchRefunds(db: Db, search: RefundSearch): Promise<RefundRow[]> {
  let query = db
    .selectFrom('refunds')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('refund_no', 'desc')
    .limit(search.limit);
  const { q, before } = search;
  if (q !== undefined)
    query = query.where((eb) =>
      eb.or([eb('refund_no', '=', q), eb('order_id', '=', q), eb('payment_id', '=', q), eb('trade_no', '=', q)]),
    );
  if (search.channel !== undefined) query = query.where('channel', '=', search.channel);
  if (search.status !== undefined) query = query.where('status', '=', search.status);
  if (search.fromMs !== undefined) query = query.where('created_at', '>=', search.fromMs);
  if (search.toMs !== undefined) query = query.where('created_at', '<', search.toMs);
  if (before)
    query = query
      .where('created_at', '<=', before.at)
      .where((eb) => eb.or([eb('created_at', '<', before.at), eb('refund_no', '<', before.refundNo)]));
  return withCases(db, await query.execute());
}

export async function refundsOfPayment(db: Db, paymentId: string): Promise<RefundRow[]> {
  const rows = await db
    .selectFrom('refunds')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .orderBy('refund_no')
    .limit(100)
    .execute();
  return withCases(db, rows);
}

export async function refundNamed(db: Db, refundNo: string): Promise<RefundRow | undefined> {
  const rows = await db.selectFrom('refunds').selectAll().where('refund_no', '=', refundNo).execute();
  return (await withCases(db, rows))[0];
}

interface Row {
  refund_no: string;
  order_id: string;
  payment_id: string;
  channel: string;
  trade_no: string;
  amount_minor: number;
  currency: string;
  status: string;
  mode: string;
  reason: string;
  requested_by: string;
  attempts: number;
  last_error: string | null;
  created_at: number;
  finished_at: number | null;
}

interface CaseRow {
  id: number;
  case_key: string;
  kind: string;
  status: string;
  proposed_action: string | null;
  proposed_by: string | null;
}

const caseKinds = ['refund_rejected', 'refund_by_hand'] as const satisfies readonly ReviewKind[];

async function withCases(db: Db, rows: readonly Row[]): Promise<RefundRow[]> {
  const unfinished = rows.filter(({ status }) => status !== 'succeeded');
  const keys = unfinished.flatMap(({ refund_no }) => caseKinds.map((kind) => `${kind}:${refund_no}`));
  const text =
    'SELECT id, case_key, kind, status, proposed_action, proposed_by FROM review_cases WHERE case_key IN (?)';
  const cases = new Map<string, CaseRow>();
  for (const found of await selectIn<CaseRow>(db, text, keys)) {
    const no = found.case_key.slice(found.kind.length + 1);
    // The newest tells what to do now: a refund can be refused, tried again, and then be one to pay by hand.
    if ((cases.get(no)?.id ?? 0) < found.id) cases.set(no, found);
  }
  const messages = await waitingMessages(db, unfinished, cases);
  return rows.map((row) => refundOf(row, cases.get(row.refund_no), messages));
}

/** When the outbox asks next: by the number of the refund, and by that and the case that had it tried again. */
async function waitingMessages(db: Db, rows: readonly Row[], cases: ReadonlyMap<string, CaseRow>) {
  const ids = rows.flatMap((row) => refundMessages(row.refund_no, cases.get(row.refund_no)?.id));
  const text = 'SELECT id, next_at FROM outbox WHERE id IN (?)';
  const found = await selectIn<{ id: string; next_at: number | null }>(db, text, ids, {
    tail: " AND status = 'pending'",
    params: [],
  });
  return new Map(found.map((one) => [one.id, one.next_at]));
}

/** The messages that may carry a refund to its channel. */
export function refundMessages(refundNo: string, caseId: number | undefined): string[] {
  return caseId === undefined ? [`refund:${refundNo}`] : [`refund:${refundNo}`, `refund:${refundNo}:${caseId}`];
}

function refundOf(row: Row, found: CaseRow | undefined, messages: ReadonlyMap<string, number | null>): RefundRow {
  const tries = refundMessages(row.refund_no, found?.id).flatMap((id) => messages.get(id) ?? []);
  return {
    refundNo: row.refund_no,
    orderId: row.order_id,
    paymentId: row.payment_id,
    channel: row.channel,
    tradeNo: row.trade_no,
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status as RefundStatus,
    mode: row.mode as RefundRow['mode'],
    reason: row.reason,
    requestedBy: row.requested_by,
    attempts: row.attempts,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    lastError: row.last_error,
    nextTryAt: row.status === 'requested' && tries.length > 0 ? Math.min(...tries) : null,
    case: found
      ? {
          id: found.id,
          kind: found.kind as ReviewKind,
          status: found.status as ReviewStatus,
          proposedAction: found.proposed_action as ResolutionAction | null,
          proposedBy: found.proposed_by,
        }
      : null,
  };
}
