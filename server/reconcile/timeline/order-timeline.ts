/** Everything that is on record about an order, in the order in which it happened. */
import type { TimelineEvent } from '../../../contract/admin-timeline.ts';
import { mailTemplates } from '../../delivery/mail-texts.ts';
import { evidenceOfOrder } from '../../payment/evidence-store.ts';
import { listReviewCases } from '../../payment/review-store.ts';
import { readAuditLog } from '../../platform/audit-store.ts';
import type { Database } from '../../platform/db/database.ts';
import { timelineOf } from './timeline.ts';
import { attemptTimes, mailTimes, orderTimes, refundTimes } from './timeline-store.ts';

const maxCases = 100;
const maxEntries = 200;

/** @returns undefined when there is no such order */
export async function orderTimeline(
  { database }: { database: Pick<Database, 'read'> },
  orderId: string,
): Promise<TimelineEvent[] | undefined> {
  const db = database.read;
  const order = await orderTimes(db, orderId);
  if (!order) return undefined;
  return timelineOf({
    order,
    attempts: await attemptTimes(db, orderId),
    evidence: await evidenceOfOrder(db, orderId),
    refunds: await refundTimes(db, orderId),
    mails: await mailTimes(db, orderId, mailTemplates),
    cases: await listReviewCases(db, { orderId, limit: maxCases }),
    audit: (await readAuditLog(db, { orderId, limit: maxEntries })).entries,
  });
}
