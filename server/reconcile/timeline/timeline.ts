/** Pure: what the books hold of an order -> what happened, one event after the other. */
import type { AuditEntryView } from '../../../contract/admin.ts';
import { type TimelineEvent, type TimelineKind, timelineKinds } from '../../../contract/admin-timeline.ts';
import type { Evidence } from '../../payment/evidence-store.ts';
import type { ReviewCase } from '../../payment/review-store.ts';
import type { AttemptTimes, MailTimes, OrderTimes, RefundTimes } from './timeline-store.ts';

export interface OrderBooks {
  order: OrderTimes;
  attempts: readonly AttemptTimes[];
  evidence: readonly Evidence[];
  refunds: readonly RefundTimes[];
  mails: readonly MailTimes[];
  cases: readonly ReviewCase[];
  audit: readonly AuditEntryView[];
}

const nothing = { by: null, about: null, detail: null, reason: null, amountMinor: null, currency: null };

function event(at: number, kind: TimelineKind, more: Partial<TimelineEvent> = {}): TimelineEvent {
  return { ...nothing, ...more, at, kind };
}

export function timelineOf(books: OrderBooks): TimelineEvent[] {
  const events = [
    ...orderEvents(books.order),
    ...books.attempts.flatMap(attemptEvents),
    ...books.evidence.map(evidenceEvent),
    ...books.refunds.flatMap(refundEvents),
    ...books.mails.map(mailEvent),
    ...books.cases.flatMap(caseEvents),
    ...books.audit.map((entry) =>
      event(entry.at, 'person', { by: entry.actor, detail: entry.action, reason: entry.reason }),
    ),
  ];
  // What was written at one moment stays in the order in which one thing leads to the next.
  return events.sort((a, b) => a.at - b.at || timelineKinds.indexOf(a.kind) - timelineKinds.indexOf(b.kind));
}

function orderEvents(order: OrderTimes): TimelineEvent[] {
  const { totalMinor: amountMinor, currency } = order;
  const events = [event(order.createdAt, 'placed', { amountMinor, currency })];
  if (order.paidAt !== null) events.push(event(order.paidAt, 'paid'));
  if (order.deliveredAt !== null) events.push(event(order.deliveredAt, 'delivered'));
  if (order.closedAt !== null && order.status !== 'refunded')
    events.push(event(order.closedAt, 'ended', { detail: order.status }));
  return events;
}

function attemptEvents(attempt: AttemptTimes): TimelineEvent[] {
  const { amountMinor, currency } = attempt;
  const of = { by: attempt.channel, about: attempt.id };
  const begun = event(attempt.createdAt, 'payment-begun', { ...of, amountMinor, currency });
  if (attempt.status === 'failed') return [begun, event(attempt.updatedAt, 'payment-failed', of)];
  if (attempt.status === 'closed') return [begun, event(attempt.updatedAt, 'payment-closed', of)];
  return [begun];
}

function evidenceEvent(row: Evidence): TimelineEvent {
  return event(row.received_at, 'evidence', {
    by: row.channel,
    about: row.trade_no,
    detail: row.source,
    amountMinor: row.amount_minor,
    currency: row.currency,
  });
}

function refundEvents(refund: RefundTimes): TimelineEvent[] {
  const { amountMinor, currency } = refund;
  const of = { about: refund.refundNo, amountMinor, currency };
  const events = [
    event(refund.createdAt, 'refund-requested', { ...of, by: refund.requestedBy, reason: refund.reason }),
  ];
  if (refund.finishedAt === null || refund.status === 'requested') return events;
  const isDone = refund.status === 'succeeded';
  const end = { ...of, by: refund.channel, reason: isDone ? null : refund.lastError };
  return [...events, event(refund.finishedAt, isDone ? 'refund-succeeded' : 'refund-rejected', end)];
}

function mailEvent({ template: detail, status, lastError, createdAt, doneAt }: MailTimes): TimelineEvent {
  if (doneAt === null) return event(createdAt, 'mail-waiting', { detail, reason: lastError });
  return event(doneAt, status === 'stopped' ? 'mail-stopped' : 'mail-sent', { detail });
}

function caseEvents(found: ReviewCase): TimelineEvent[] {
  const about = String(found.id);
  const opened = event(found.createdAt, 'case-opened', { about, detail: found.kind });
  if (found.resolvedAt === null) return [opened];
  const { resolution: detail, resolvedBy: by, reason } = found;
  return [opened, event(found.resolvedAt, 'case-resolved', { about, detail, by, reason })];
}
