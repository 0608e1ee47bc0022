/** One payment attempt with all that is on record about it. */
import type { PaymentDetail } from '../../../contract/admin-money.ts';
import type { ChannelBook } from '../../payment/channel-book.ts';
import { listReviewCases, type ReviewCase } from '../../payment/review-store.ts';
import type { Database } from '../../platform/db/database.ts';
import { orderTimeline } from '../timeline/order-timeline.ts';
import { feeOfPayment } from './net-money.ts';
import { billedFee, evidenceOfPayment, orderOf, readAttempt } from './payment-books-store.ts';
import { refundsOfPayment } from './refund-list-store.ts';

export interface DetailDeps {
  database: Pick<Database, 'read'>;
  channels: Pick<ChannelBook, 'entries'>;
}

/** Without the names that only HTTP gives to review cases. */
export type Detail = Omit<PaymentDetail, 'reviewCases'> & { cases: ReviewCase[] };

const maxCases = 100;

export async function paymentDetail(deps: DetailDeps, id: string): Promise<Detail | undefined> {
  const db = deps.database.read;
  const payment = await readAttempt(db, id);
  const order = payment && (await orderOf(db, payment.orderId));
  if (!payment || !order) return undefined;
  const [evidence, refunds, cases, events] = await Promise.all([
    evidenceOfPayment(db, id),
    refundsOfPayment(db, id),
    listReviewCases(db, { orderId: order.id, limit: maxCases }),
    orderTimeline(deps, order.id),
  ]);
  const trades = evidence.map(({ tradeNo }) => tradeNo);
  const billed = await billedFee(db, payment.channel, payment.tradeNo ? [payment.tradeNo, ...trades] : trades);
  const entry = deps.channels.entries().find(({ code }) => code === payment.channel);
  const own = new Set([id, ...trades, ...refunds.map(({ refundNo }) => refundNo)]);
  const isOthers = ({ kind, about }: { kind: string; about: string | null }) =>
    about !== null && !own.has(about) && /^(payment|refund)-|^evidence$/.test(kind);
  return {
    payment,
    order,
    channelName: {
      zh: entry?.row?.nameZh || (entry?.channel?.name.zh ?? payment.channel),
      en: entry?.row?.nameEn || (entry?.channel?.name.en ?? payment.channel),
    },
    fee: feeOfPayment(payment, billed, entry?.row?.feeBasisPoints ?? 0),
    evidence,
    refunds,
    cases: cases.filter(({ paymentId }) => paymentId === null || paymentId === id),
    events: (events ?? []).filter((event) => !isOthers(event)),
  };
}
