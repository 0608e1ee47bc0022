/** Rows of money and review -> what the administration API shows. */
import type { Static } from 'typebox';
import type { AdminPaymentView, EvidenceView, RefundView, ReviewCaseView } from '../../contract/admin-orders.ts';
import type { OrderCardView, ProposalView } from '../../contract/admin-replacements.ts';
import { reviewKinds } from '../../contract/states.ts';
import type { OrderCard } from '../card/replacement-store.ts';
import type { Evidence } from '../payment/evidence-store.ts';
import type { Payment, Refund } from '../payment/payment.ts';
import type { Proposal } from '../payment/proposal-store.ts';
import type { ReviewCase } from '../payment/review-store.ts';

export function paymentRow(payment: Payment): Static<typeof AdminPaymentView> {
  const { id, orderId, channel, status, amountMinor, currency, receivedMinor, refundedMinor, tradeNo, createdAt } =
    payment;
  return { id, orderId, channel, status, amountMinor, currency, receivedMinor, refundedMinor, tradeNo, createdAt };
}

export function evidenceRow(row: Evidence): Static<typeof EvidenceView> {
  return {
    channel: row.channel,
    tradeNo: row.trade_no,
    paymentId: row.payment_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    merchant: row.merchant,
    source: row.source,
    outcome: row.outcome,
    receivedAt: row.received_at,
  };
}

export function refundRow({ version: _, ...refund }: Refund): Static<typeof RefundView> {
  return refund;
}

export function reviewRow({ version: _, ...found }: ReviewCase): Static<typeof ReviewCaseView> {
  const { says, suggestion } = reviewKinds[found.kind];
  return { ...found, says, suggestion };
}

export function orderCardRow({ orderId: _, replaced, ...card }: OrderCard): OrderCardView {
  return { ...card, replacedBy: replaced?.newCardId ?? null, replacedAt: replaced?.at ?? null };
}

export function proposalRow({ terms, ...proposal }: Proposal): ProposalView {
  return { ...proposal, terms: JSON.parse(terms) as Record<string, unknown> };
}
