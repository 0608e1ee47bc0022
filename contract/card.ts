/** Cards in the administration API: import, stock, and single cards. A number or secret is never in a reply. */
import { type Static, Type } from 'typebox';
import { EpochMs, RowId } from './common.ts';
import { type CardStatusName, cardStatus } from './states.ts';

const CardStatusNames = Type.Unsafe<CardStatusName>({ type: 'string', enum: Object.keys(cardStatus) });

export const ImportQuery = Type.Object({
  skuId: RowId,
  separator: Type.Optional(
    Type.String({
      maxLength: 20,
      description: 'Between number and secret, ---- unless given; empty: lines are secrets',
    }),
  ),
  source: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Where they came from, for the records' }),
  ),
});
export const ImportReport = Type.Object({
  batchId: RowId,
  total: Type.Integer({ description: 'Lines that are not blank: imported + duplicates + rejected' }),
  imported: Type.Integer(),
  duplicates: Type.Object({ count: Type.Integer(), lines: Type.Array(Type.Integer()) }),
  rejected: Type.Object({
    count: Type.Integer(),
    lines: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
  }),
});
export type ImportReport = Static<typeof ImportReport>;

export const AdminCard = Type.Object({
  id: RowId,
  skuId: RowId,
  region: Type.String(),
  status: CardStatusNames,
  hasNumber: Type.Boolean(),
  batchId: RowId,
  orderId: Type.Union([Type.String(), Type.Null()]),
  saleTime: Type.Union([EpochMs, Type.Null()]),
  offReason: Type.Union([Type.String(), Type.Null()], {
    description: 'Why it is not for sale, in a person’s words, or `journal_mismatch` or `refunded`',
  }),
  offAt: Type.Union([EpochMs, Type.Null()]),
  exportedAt: Type.Union([EpochMs, Type.Null()], { description: 'Taken out of the shop: it never comes back' }),
});
export type AdminCard = Static<typeof AdminCard>;
export const CardListQuery = Type.Object({
  skuId: Type.Optional(RowId),
  status: Type.Optional(CardStatusNames),
  batchId: Type.Optional(RowId),
  before: Type.Optional(RowId),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
export const CardList = Type.Object({
  cards: Type.Array(AdminCard),
  next: Type.Union([RowId, Type.Null()], { description: 'Give it as `before` to go on; null: no more' }),
});
export type CardList = Static<typeof CardList>;
export const FindCardBody = Type.Object(
  {
    number: Type.String({
      minLength: 1,
      maxLength: 5000,
      description: 'The number, or the secret of a card without one',
    }),
  },
  { additionalProperties: false },
);
export const AdminCardReply = Type.Object({ card: AdminCard });

export const MoveCardsBody = Type.Object(
  {
    ids: Type.Array(RowId, { minItems: 1, maxItems: 200, uniqueItems: true }),
    reason: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  },
  { additionalProperties: false },
);
export const MovedCards = Type.Object({
  moved: Type.Array(RowId),
  refused: Type.Array(
    Type.Object({
      cardId: RowId,
      why: Type.String({ description: 'card-not-found, was-issued, or the status it has' }),
    }),
  ),
});
export type MovedCards = Static<typeof MovedCards>;

export const BatchListQuery = Type.Object({
  skuId: Type.Optional(RowId),
  before: Type.Optional(RowId),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
export const CardBatch = Type.Object({
  id: RowId,
  skuId: RowId,
  region: Type.String(),
  source: Type.String(),
  status: Type.String({ description: 'running, finished or interrupted' }),
  total: Type.Integer(),
  imported: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Integer(),
  createdBy: Type.String(),
  createdAt: EpochMs,
  finishedAt: Type.Union([EpochMs, Type.Null()]),
});
export const CardBatchList = Type.Object({
  batches: Type.Array(CardBatch),
  next: Type.Union([RowId, Type.Null()]),
});
const Reason = Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' });
export const ReasonBody = Type.Object({ reason: Reason }, { additionalProperties: false });

export const exportFormats = [
  'csv', // for spreadsheets: what they would take for a formula gets an apostrophe
  'lines', // number----secret, as an import takes it, to the letter
] as const;
export const ExportCardsBody = Type.Object(
  {
    skuId: RowId,
    batchId: Type.Optional(RowId),
    status: Type.Unsafe<CardStatusName>({ ...CardStatusNames, default: 'available' }),
    withdraw: Type.Boolean({
      default: false,
      description: 'Take them off the shelf at once, so that none is sold too',
    }),
    format: Type.Unsafe<(typeof exportFormats)[number]>({ type: 'string', enum: [...exportFormats], default: 'csv' }),
    reason: Reason,
  },
  { additionalProperties: false },
);
const CardIds = Type.Array(RowId, { minItems: 1, maxItems: 200, uniqueItems: true });
export const PurgeCardsBody = Type.Object(
  {
    ids: Type.Optional(CardIds),
    skuId: Type.Optional(RowId),
    batchId: Type.Optional(RowId),
    expected: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'How many go, typed by a person' }),
    reason: Reason,
  },
  { additionalProperties: false },
);
const RefusedCards = Type.Array(
  Type.Object({
    cardId: RowId,
    why: Type.String({ description: 'card-not-found, was-issued, was-exported, or the status it has' }),
  }),
);
export const PurgedCards = Type.Object({ cards: Type.Integer(), refused: RefusedCards });
export const ChangeSkuBody = Type.Object(
  { ids: Type.Optional(CardIds), batchId: Type.Optional(RowId), toSkuId: RowId, reason: Reason },
  { additionalProperties: false },
);
export const ChangedSku = Type.Object({ moved: Type.Integer(), refused: RefusedCards });

/** What an order was given, in clear: for a person who has just proved who they are. */
export const DeskCards = Type.Object({
  cards: Type.Array(
    Type.Object({
      cardId: Type.Union([RowId, Type.Null()]),
      lineNo: Type.Integer(),
      skuId: RowId,
      productName: Type.String(),
      skuName: Type.String(),
      number: Type.Union([Type.String(), Type.Null()]),
      secret: Type.String(),
      replacedBy: Type.Union([RowId, Type.Null()]),
    }),
  ),
});
export type DeskCards = Static<typeof DeskCards>;
export const WithdrawnBatch = Type.Object({ cards: Type.Integer() });

export const StockQuery = Type.Object({ skuId: Type.Optional(RowId) });
const count = Type.Integer({ minimum: 0 });
export const StockRow = Type.Object({
  skuId: RowId,
  region: Type.String(),
  counts: Type.Object({
    available: count,
    sold: count,
    locked: count,
    quarantined: count,
    withdrawn: count,
    inTransfer: count,
  }),
  imported: count,
  drift: Type.Integer({ description: 'Cards counted minus cards imported; 0 when all is well' }),
});
export const StockReport = Type.Object({ stock: Type.Array(StockRow) });

export const LoopCardBody = Type.Object(
  { skuId: RowId, secret: Type.String({ minLength: 1, maxLength: 4096 }) },
  { additionalProperties: false },
);
