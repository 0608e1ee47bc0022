/** The audit log and the review cases -> lines of CSV files, page by page. Times are in UTC. */
import type { AuditEntryView } from '../../contract/admin.ts';
import type { ReviewCase } from '../payment/review-store.ts';
import { csvLine, csvStart } from '../platform/csv.ts';

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

export async function* auditCsv(pages: AsyncIterable<readonly AuditEntryView[]>): AsyncGenerator<string> {
  const headings = ['id', 'at', 'actor', 'action', 'subject', 'order', 'reason', 'before', 'after', 'request'];
  yield csvStart + csvLine(headings);
  for await (const page of pages) yield page.map(auditLine).join('');
}

function auditLine(entry: AuditEntryView): string {
  const { id, at, actor, action, subject, orderId, reason, before, after, requestId } = entry;
  return csvLine([id, time(at), actor, action, subject, orderId, reason, json(before), json(after), requestId]);
}

export async function* reviewCsv(pages: AsyncIterable<readonly ReviewCase[]>): AsyncGenerator<string> {
  const about = ['id', 'kind', 'status', 'order', 'payment', 'trade', 'opened', 'detail'];
  yield csvStart + csvLine([...about, 'resolution', 'resolved by', 'reason', 'resolved', 'proposed', 'proposed by']);
  for await (const page of pages) yield page.map(caseLine).join('');
}

function caseLine(found: ReviewCase): string {
  const about = [found.id, found.kind, found.status, found.orderId, found.paymentId, found.tradeNo];
  const end = [found.resolution, found.resolvedBy, found.reason, time(found.resolvedAt)];
  const proposed = [found.proposedAction, found.proposedBy];
  return csvLine([...about, time(found.createdAt), json(found.detail), ...end, ...proposed]);
}
