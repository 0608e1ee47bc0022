/** The administration API's view of orders, money and review cases, under /api/admin/v1. */
import { type Static, Type } from 'typebox';
import { OrderCardView, ProposalView } from './admin-replacements.ts';
import { AmountMinor, Currency, EpochMs, Language, OrderId, RowId } from './common.ts';
import { OrderView } from './shop.ts';
import {
  batchActions,
  orderStatuses,
  paymentStatuses,
  type ReviewKind,
  refundStatuses,
  resolutionActions,
  reviewKinds,
  reviewStatuses,
} from './states.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** Why somebody did it: kept in the audit log. */
export const Reason = Type.String({ minLength: 2, maxLength: 300 });

export const OrderFilter = Type.Object({
  q: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 120,
      description: "Order number, payment number, the channel's number, or the beginning of a contact",
    }),
  ),
  status: Type.Optional(literals(orderStatuses)),
  from: Type.Optional(EpochMs),
  to: Type.Optional(EpochMs),
});
export const OrderListQuery = Type.Object({
  ...OrderFilter.properties,
  before: Type.Optional(OrderId),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
});
export const OrderExportQuery = Type.Object({
  ...OrderFilter.properties,
  lang: Type.Unsafe<Language>({ ...Language, default: 'zh', description: 'Of the headings' }),
});
export const OrderList = Type.Object({
  orders: Type.Array(OrderView),
  next: orNull(OrderId),
});
export type OrderList = Static<typeof OrderList>;

export const AdminPaymentView = Type.Object({
  id: Type.String(),
  orderId: Type.String(),
  channel: Type.String(),
  status: literals(paymentStatuses),
  amountMinor: AmountMinor,
  currency: Currency,
  receivedMinor: Type.Integer(),
  refundedMinor: Type.Integer(),
  tradeNo: orNull(Type.String()),
  createdAt: EpochMs,
});
export const EvidenceView = Type.Object({
  channel: Type.String(),
  tradeNo: Type.String(),
  paymentId: Type.String(),
  amountMinor: Type.Integer(),
  currency: Currency,
  merchant: Type.String(),
  source: Type.String(),
  outcome: Type.String(),
  receivedAt: EpochMs,
});
export const RefundView = Type.Object({
  refundNo: Type.String(),
  orderId: Type.String(),
  paymentId: Type.String(),
  channel: Type.String(),
  tradeNo: Type.String(),
  amountMinor: Type.Integer(),
  currency: Currency,
  status: literals(refundStatuses),
  mode: literals(['channel', 'recorded'] as const),
  reason: Type.String(),
  requestedBy: Type.String(),
  attempts: Type.Integer(),
});
export const ReviewCaseView = Type.Object({
  id: RowId,
  kind: literals(Object.keys(reviewKinds) as (keyof typeof reviewKinds)[]),
  says: Type.String(),
  suggestion: Type.String(),
  status: literals(reviewStatuses),
  orderId: orNull(Type.String()),
  paymentId: orNull(Type.String()),
  tradeNo: orNull(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
  resolution: orNull(Type.String()),
  resolvedBy: orNull(Type.String()),
  reason: orNull(Type.String()),
  createdAt: EpochMs,
  resolvedAt: orNull(EpochMs),
  proposedAction: orNull(Type.String({ description: 'What one person wants where a second one must agree' })),
  proposedBy: orNull(Type.String()),
});
/** `proposed`: the amount asks for two people; nothing is done until a second one says the same. */
const Outcome = literals(['done', 'proposed'] as const);
export const OrderDetail = Type.Object({
  order: OrderView,
  riskScore: Type.Integer(),
  payments: Type.Array(AdminPaymentView),
  evidence: Type.Array(EvidenceView),
  refunds: Type.Array(RefundView),
  reviewCases: Type.Array(ReviewCaseView),
  cards: Type.Array(OrderCardView, { description: 'The first 200' }),
  proposals: Type.Array(ProposalView),
  refundableMinor: Type.Integer({ description: 'What a refund can still give back' }),
  confirmable: Type.Array(Type.String(), { description: 'Payments by hand whose money a person can confirm' }),
});
export const ChangedOrderReply = Type.Object({ order: OrderView, outcome: Outcome });
export const ResentReply = Type.Object({ template: Type.String() });

export const ReasonBody = Type.Object({ reason: Reason }, { additionalProperties: false });
export const RefundBody = Type.Object(
  {
    reason: Reason,
    amountMinor: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'All that is left when absent' }),
    ),
    mode: Type.Optional(literals(['channel', 'recorded'] as const)),
    refundableMinor: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000_000_000,
        description: 'What was left when you looked; when it is another amount by now, nothing is done',
      }),
    ),
  },
  { additionalProperties: false },
);
export const ConfirmPaymentBody = Type.Object(
  {
    amountMinor: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'What really arrived' }),
    bankReference: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,64}$',
        description: "The bank's number of the transfer: a second order cannot be paid with the same one",
      }),
    ),
    reason: Reason,
  },
  { additionalProperties: false },
);
export const ConfirmPaymentReply = Type.Object({
  outcome: literals(['settled', 'duplicate', 'surplus', 'review', 'proposed'] as const),
  order: OrderView,
});
export const ChangeOrdersBody = Type.Object(
  {
    ids: Type.Array(OrderId, { minItems: 1, maxItems: 100, uniqueItems: true }),
    action: literals(batchActions),
    reason: Reason,
  },
  { additionalProperties: false },
);
export const ChangeOrdersReply = Type.Object({
  results: Type.Array(
    Type.Object({
      id: OrderId,
      outcome: literals([
        'done',
        'order-not-found',
        'not-possible',
        'out-of-stock',
        'nothing-to-refund',
        'proposed',
      ] as const),
    }),
  ),
});
export type ChangeOrdersReply = Static<typeof ChangeOrdersReply>;
export const RefundsReply = Type.Object({ refunds: Type.Array(RefundView), outcome: Outcome });
export const DeliverLineBody = Type.Object(
  { lineNo: Type.Integer({ minimum: 1, maximum: 100 }), content: Type.String({ minLength: 1, maxLength: 4096 }) },
  { additionalProperties: false },
);
export const ReviewListQuery = Type.Object({
  status: Type.Optional(literals(reviewStatuses)),
  kind: Type.Optional(literals(Object.keys(reviewKinds) as ReviewKind[])),
  orderId: Type.Optional(OrderId),
  before: Type.Optional(RowId),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
});
export const ReviewList = Type.Object({ cases: Type.Array(ReviewCaseView), next: orNull(RowId) });
export const ResolveBody = Type.Object(
  {
    action: literals(resolutionActions),
    reason: Reason,
    orderId: Type.Optional(OrderId),
  },
  { additionalProperties: false },
);
export const ReviewReply = Type.Object({
  case: ReviewCaseView,
  outcome: literals(['resolved', 'proposed'] as const),
});
export const ResolveManyBody = Type.Object(
  {
    ids: Type.Array(RowId, { minItems: 1, maxItems: 100, uniqueItems: true }),
    action: literals(resolutionActions),
    reason: Reason,
  },
  { additionalProperties: false },
);
export const ResolveManyReply = Type.Object({
  results: Type.Array(
    Type.Object({
      id: RowId,
      outcome: literals(['resolved', 'proposed', 'case-not-found', 'case-closed', 'not-possible'] as const),
      reason: Type.Optional(Type.String()),
    }),
  ),
});
