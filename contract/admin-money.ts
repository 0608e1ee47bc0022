/** Payments, refunds and revenue as the administration API shows them, under /api/admin/v1. */
import { type Static, type TSchema, Type } from 'typebox';
import { AdminPaymentView, EvidenceView, RefundView, ReviewCaseView } from './admin-orders.ts';
import { TimelineEvent } from './admin-timeline.ts';
import { AmountMinor, Currency, EpochMs, RowId } from './common.ts';
import {
  type OrderStatus,
  orderStatuses,
  paymentStatuses,
  type ReviewKind,
  refundStatuses,
  resolutionActions,
  reviewKinds,
  reviewStatuses,
} from './states.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
const ChannelText = Type.String({ maxLength: 40, pattern: '^[\\x21-\\x7e]+$', examples: ['alipay'] });
const Search = (what: string) => Type.String({ minLength: 2, maxLength: 120, description: what });

const examplePayment = '01MA7Q2K9D3XW8V5T4N6B1C0YZ7R01';
export const PaymentId = Type.String({
  pattern: '^[0-9A-Z]{28}\\d{2}$',
  description: 'Payment number: the order and two digits',
  examples: [examplePayment],
});

export const PaymentFilter = Type.Object({
  q: Type.Optional(Search("Order number, payment number, or the channel's number")),
  channel: Type.Optional(ChannelText),
  status: Type.Optional(literals(paymentStatuses)),
  from: Type.Optional(EpochMs),
  to: Type.Optional(EpochMs),
  minMinor: Type.Optional(AmountMinor),
  maxMinor: Type.Optional(AmountMinor),
});
export type PaymentFilter = Static<typeof PaymentFilter>;
export const PaymentListQuery = Type.Object({
  ...PaymentFilter.properties,
  before: Type.Optional(PaymentId),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
});
export const PaymentRow = Type.Object({ ...AdminPaymentView.properties, succeededAt: orNull(EpochMs) });
export type PaymentRow = Static<typeof PaymentRow>;
export const PaymentList = Type.Object({
  payments: Type.Array(PaymentRow),
  next: orNull(PaymentId),
  searchedTo: orNull(
    Type.Object(
      { at: EpochMs },
      { description: 'A page may be short while there is more: so far back this one has looked' },
    ),
  ),
});
export type PaymentList = Static<typeof PaymentList>;

export const RefundRow = Type.Object({
  ...RefundView.properties,
  createdAt: EpochMs,
  finishedAt: orNull(EpochMs),
  lastError: orNull(Type.String({ description: 'What the channel last said' })),
  nextTryAt: orNull(EpochMs),
  case: orNull(
    Type.Object({
      id: RowId,
      kind: literals(Object.keys(reviewKinds) as ReviewKind[]),
      status: literals(reviewStatuses),
      proposedAction: orNull(literals(resolutionActions)),
      proposedBy: orNull(Type.String()),
    }),
  ),
});
export type RefundRow = Static<typeof RefundRow>;
export const RefundListQuery = Type.Object({
  q: Type.Optional(Search('Order, payment, refund or trade number')),
  channel: Type.Optional(ChannelText),
  status: Type.Optional(literals(refundStatuses)),
  from: Type.Optional(EpochMs),
  to: Type.Optional(EpochMs),
  before: Type.Optional(
    Type.String({ pattern: '^\\d{1,16}\\.[\\x21-\\x7e]{1,40}$', description: '`next` of the page before' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
});
export const RefundList = Type.Object({ refunds: Type.Array(RefundRow), next: orNull(Type.String()) });
export type RefundList = Static<typeof RefundList>;
export const RefundNo = Type.String({ pattern: '^[\\x21-\\x7e]{1,40}$', examples: [`${examplePayment}R1`] });
export const RefundReply = Type.Object({ refund: RefundRow });

export const PaymentDetail = Type.Object({
  payment: Type.Object({
    ...PaymentRow.properties,
    attemptNo: Type.Integer(),
    reference: orNull(Type.String({ description: 'What the channel calls the attempt' })),
    updatedAt: EpochMs,
    nextQueryAt: orNull(EpochMs),
    queryCount: Type.Integer(),
  }),
  order: Type.Object({
    id: Type.String(),
    status: literals(orderStatuses as readonly OrderStatus[]),
    totalMinor: Type.Integer(),
    contact: Type.String(),
  }),
  channelName: Type.Object({ zh: Type.String(), en: Type.String() }),
  fee: Type.Object({
    minor: Type.Integer(),
    from: literals(['bill', 'rate', 'none'] as const),
    basisPoints: Type.Integer(),
    netMinor: Type.Integer({ description: 'Received, less what went back, less the fee' }),
  }),
  evidence: Type.Array(Type.Object({ ...EvidenceView.properties, paidAt: orNull(EpochMs) })),
  refunds: Type.Array(RefundRow),
  reviewCases: Type.Array(ReviewCaseView),
  events: Type.Array(TimelineEvent, { description: 'What happened to the order, without its other payments' }),
});
export type PaymentDetail = Static<typeof PaymentDetail>;

export const PaymentMessages = Type.Object({
  messages: Type.Array(
    Type.Object({
      kind: Type.String({ description: '`proof` is the first proof of a payment; others came beside it' }),
      channel: Type.String(),
      tradeNo: orNull(Type.String()),
      receivedAt: EpochMs,
      raw: Type.String({ description: 'As the channel sent it, 20,000 characters at most' }),
    }),
    { description: 'Every genuine message, oldest first, 100 at most' },
  ),
});
export type PaymentMessages = Static<typeof PaymentMessages>;

export const queryOutcomes = ['paid', 'unpaid', 'closed', 'refunded', 'not-found', 'unknown'] as const;
export type QueryOutcome = (typeof queryOutcomes)[number];
export const QueryPaymentReply = Type.Object({
  outcome: literals(queryOutcomes),
  reason: orNull(Type.String({ description: 'Why nothing is known' })),
  payment: PaymentRow,
});
export type QueryPaymentReply = Static<typeof QueryPaymentReply>;

export const revenueRangeMs = 400 * 86_400_000;
export const RevenueQuery = Type.Object({ from: EpochMs, to: EpochMs });
export const ChannelRevenue = Type.Object({
  code: Type.String(),
  nameZh: Type.String(),
  nameEn: Type.String(),
  feeBasisPoints: Type.Integer(),
  currency: Currency,
  payments: Type.Integer(),
  receivedMinor: Type.Integer(),
  refundedMinor: Type.Integer(),
  feeMinor: Type.Integer({ description: 'By the bill where one names the payment, else by the rate of the channel' }),
  billedFeeMinor: Type.Integer({ description: 'Of the fee, what bills have named' }),
  netMinor: Type.Integer(),
});
export type ChannelRevenue = Static<typeof ChannelRevenue>;
export const RevenueReply = Type.Object(
  { from: EpochMs, to: EpochMs, channels: Type.Array(ChannelRevenue) },
  {
    examples: [
      {
        from: 1_767_225_600_000,
        to: 1_767_312_000_000,
        channels: [
          {
            code: 'alipay',
            nameZh: '支付宝',
            nameEn: 'Alipay',
            feeBasisPoints: 60,
            currency: 'CNY',
            payments: 20,
            receivedMinor: 100_000,
            refundedMinor: 5_000,
            feeMinor: 600,
            billedFeeMinor: 420,
            netMinor: 94_400,
          },
        ],
      },
    ],
  },
);
export type RevenueReply = Static<typeof RevenueReply>;
