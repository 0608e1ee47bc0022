/** Cards that were given to an order and may be replaced, and what waits for a second person, under /api/admin/v1. */
import { type Static, Type } from 'typebox';
import { EpochMs, OrderId, RowId } from './common.ts';
import { OrderView } from './shop.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const Reason = Type.String({ minLength: 2, maxLength: 300 });

/** A card that the order was given; never what is on it. */
export const OrderCardView = Type.Object({
  cardId: RowId,
  lineNo: Type.Integer(),
  skuId: RowId,
  batchId: RowId,
  status: Type.String(),
  issuedAt: EpochMs,
  offReason: orNull(Type.String()),
  replacedBy: orNull(RowId),
  replacedAt: orNull(EpochMs),
});
export type OrderCardView = Static<typeof OrderCardView>;
/** What one person decided and a second one must say too. */
export const ProposalView = Type.Object({
  subject: Type.String(),
  action: literals(['refund', 'complete', 'confirm'] as const),
  orderId: OrderId,
  amountMinor: Type.Integer(),
  terms: Type.Record(Type.String(), Type.Unknown()),
  proposedBy: Type.String(),
  reason: Type.String(),
  proposedAt: EpochMs,
});
export type ProposalView = Static<typeof ProposalView>;
export const ProposalList = Type.Object({ proposals: Type.Array(ProposalView) });
export type ProposalList = Static<typeof ProposalList>;
export const ProposalParams = Type.Object({
  subject: Type.String({ pattern: '^(order|payment):[0-9A-Z]{28,30}$' }),
  action: literals(['refund', 'complete', 'confirm'] as const),
});
export const ReplaceCardsBody = Type.Object(
  { cardIds: Type.Array(RowId, { minItems: 1, maxItems: 200, uniqueItems: true }), reason: Reason },
  { additionalProperties: false },
);
export const ReplacedCardsReply = Type.Object({
  order: OrderView,
  replacements: Type.Array(Type.Object({ cardId: RowId, newCardId: RowId })),
});
export const ReplaceBatchBody = Type.Object(
  { reason: Reason, after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 }) },
  { additionalProperties: false },
);
export const ReplacedBatchReply = Type.Object({
  withdrawn: Type.Integer({ description: 'Cards of the import that were still for sale' }),
  replaced: Type.Integer(),
  failed: Type.Array(Type.Object({ orderId: Type.String(), cards: Type.Integer(), why: Type.String() })),
  next: orNull(RowId),
});
export type ReplacedBatchReply = Static<typeof ReplacedBatchReply>;
