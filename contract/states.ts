/**
 * The lives of an order, a payment attempt, a refund and a card, as data.
 *
 * Every UPDATE of a status names the status it expects (`WHERE id = ? AND status = ?`) and checks the affected rows;
 * a test walks these tables and drives each transition once.
 */

export const orderStatuses = [
  'pending', // waiting for money; its cards are reserved until expires_at
  'paid', // money is on record; some lines still wait (manual delivery, or a crash before issue)
  'delivered', // every line is in the buyer's hands
  'expired', // nobody paid in time; the cards went back on sale
  'cancelled', // the buyer or the owner ended it before money came
  'review', // a person must decide; an open review case says what
  'refunded', // all money that came in went back
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** From -> to. Late money is always taken in, so `expired` and `cancelled` can still become `paid`. */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['paid', 'expired', 'cancelled', 'review'],
  expired: ['paid', 'review'],
  cancelled: ['paid', 'review', 'refunded'],
  paid: ['delivered', 'review', 'refunded'],
  review: ['paid', 'refunded', 'cancelled'],
  delivered: ['refunded'],
  refunded: [],
};

/** What a person may do to many orders at once. */
export const batchActions = ['cancel', 'refund', 'complete'] as const;
export type BatchAction = (typeof batchActions)[number];

export const paymentStatuses = [
  'created',
  'pending',
  'succeeded',
  'closed',
  'failed',
  'refunding',
  'refunded',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** `closed` and `failed` can still succeed: a channel may take money after it told us it would not. */
export const paymentTransitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  created: ['pending', 'succeeded', 'closed', 'failed'],
  pending: ['succeeded', 'closed', 'failed'],
  closed: ['succeeded'],
  failed: ['succeeded'],
  succeeded: ['refunding', 'refunded'],
  refunding: ['succeeded', 'refunded'],
  refunded: [],
};

export const refundStatuses = ['requested', 'succeeded', 'rejected'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** A refund stays `requested` until the channel says yes or a definite no; a time-out never ends it. */
export const refundTransitions: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  requested: ['succeeded', 'rejected'],
  rejected: ['requested'],
  succeeded: [],
};

/** `card_keys.status`: numbers as the founding table has them. */
export const cardStatus = {
  available: 0,
  sold: 1,
  locked: 2,
  quarantined: 3,
  withdrawn: 4,
  inTransfer: 5,
} as const;
export type CardStatusName = keyof typeof cardStatus;
export type CardStatus = (typeof cardStatus)[CardStatusName];

/** No card ever leaves `sold` for the shelf: a card that was issued is never sold again (INV-10). */
export const cardTransitions: Readonly<Record<CardStatusName, readonly CardStatusName[]>> = {
  available: ['locked', 'sold', 'quarantined', 'withdrawn', 'inTransfer'],
  locked: ['available', 'sold', 'quarantined'],
  sold: ['quarantined', 'withdrawn'],
  quarantined: ['available', 'withdrawn'],
  withdrawn: ['available'],
  inTransfer: ['available'],
};

export const deliveryModes = [
  'cards', // one card of stock to one order, ever
  'loop', // one reusable secret that every buyer gets
  'manual', // a person delivers after payment
  'webhook', // a program of the owner delivers after payment, or says that somebody will
] as const;
export type DeliveryMode = (typeof deliveryModes)[number];

export const reviewStatuses = ['open', 'resolved'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** Why a person must look, and what we would do in their place. */
export const reviewKinds = {
  amount_mismatch: { suggestion: 'refund', says: 'The amount or currency received is not the amount of the order.' },
  out_of_stock: { suggestion: 'refund', says: 'The money came, but no card is left to issue.' },
  unknown_order: { suggestion: 'refund', says: 'A verified payment names an order that does not exist.' },
  evidence_conflict: { suggestion: 'inspect', says: 'Two verified messages about one trade contradict each other.' },
  refund_rejected: { suggestion: 'refund', says: 'The channel refused a refund.' },
  journal_mismatch: { suggestion: 'inspect', says: 'The issue journal knows an issue that the database has lost.' },
  delivery_failed: { suggestion: 'inspect', says: 'A message or delivery keeps failing and needs a look.' },
  intent_quarantined: {
    suggestion: 'inspect',
    says: 'An order or payment recorded while the database was away cannot be replayed. Release has it tried again.',
  },
  refund_by_hand: {
    suggestion: 'confirm',
    says: 'The channel cannot send money back: pay it out by hand, then confirm.',
  },
  refunded_at_channel: {
    suggestion: 'close',
    says: 'Money went back at the channel without us. What we could match is booked; look whether it was meant.',
  },
  dispute: { suggestion: 'inspect', says: 'The payer or their bank takes the money back. Answer it at the channel.' },
  bill_channel_only: { suggestion: 'inspect', says: 'The bill of the channel has an entry that our books have not.' },
  bill_local_only: { suggestion: 'inspect', says: 'Our books have an entry that the bill of the channel has not.' },
  bill_amount: { suggestion: 'inspect', says: 'The bill of the channel and our books name different amounts.' },
  bill_status: { suggestion: 'inspect', says: 'The bill of the channel and our books differ about the state.' },
  stock_drift: { suggestion: 'inspect', says: 'The cards counted are not the cards imported.' },
} as const;
export type ReviewKind = keyof typeof reviewKinds;

export const resolutionActions = [
  'issue', // hand cards from stock to the order and deliver it
  'refund', // give the money back
  'release', // (journal, stock) the cards are sound: put quarantined cards back; (recorded entry) try it again
  'confirm', // a refund was paid out by hand: write it down
  'link', // the money belongs to another order, which it is settled against
  'close', // nothing to do, with a reason
] as const;
export type ResolutionAction = (typeof resolutionActions)[number];
