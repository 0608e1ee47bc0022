/** The rest of the administration API under /api/admin/v1: coupons, settings of the shop, audit log. */
import { type Static, Type } from 'typebox';
import { Currency, EpochMs, OrderId, PageQuery, RowId } from './common.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });

// --- coupons -----------------------------------------------------------------------------------------------------

export const couponKinds = [
  'amount', // `value` minor units of `currency` off
  'percent', // `value` percent off
] as const;
export type CouponKind = (typeof couponKinds)[number];
export const couponStatuses = ['active', 'off'] as const;
export type CouponStatus = (typeof couponStatuses)[number];

const couponFields = {
  code: Type.String({
    pattern: '^[0-9A-Za-z][0-9A-Za-z_-]{1,39}$',
    description: 'Kept in capitals; buyers may type either',
  }),
  kind: literals(couponKinds),
  value: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  currency: Type.Union([Currency, Type.Null()], { description: 'Orders in another currency cannot use it; null: any' }),
  productId: Type.Union([RowId, Type.Null()], { description: 'Only lines of this product get cheaper' }),
  minTotalMinor: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  maxUses: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000_000 }), Type.Null()]),
  perBuyer: Type.Union([Type.Integer({ minimum: 1, maximum: 1_000_000 }), Type.Null()], {
    description: 'Uses by one contact; of codes that were made together, counted over all of them',
  }),
  startsAt: Type.Union([EpochMs, Type.Null()]),
  endsAt: Type.Union([EpochMs, Type.Null()]),
  status: literals(couponStatuses),
};
const { code, kind, value, ...others } = couponFields;
export const CreateCouponBody = Type.Object(
  { code, kind, value, ...Type.Partial(Type.Object(others)).properties },
  { additionalProperties: false },
);
export type CreateCouponBody = Static<typeof CreateCouponBody>;
export const UpdateCouponBody = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    ...Type.Partial(Type.Object(couponFields)).properties,
  },
  { additionalProperties: false },
);
export type UpdateCouponBody = Static<typeof UpdateCouponBody>;
export const CouponView = Type.Object({
  id: RowId,
  ...couponFields,
  used: Type.Integer({ minimum: 0 }),
  setId: Type.Union([RowId, Type.Null()], { description: 'Of codes that were made together' }),
  version: Type.Integer(),
  createdAt: EpochMs,
  updatedAt: EpochMs,
});
export type CouponView = Static<typeof CouponView>;
export const CouponReply = Type.Object({ coupon: CouponView });
export const CouponListQuery = Type.Object({
  ...PageQuery.properties,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  setId: Type.Optional(RowId),
  status: Type.Optional(literals(couponStatuses)),
});
export type CouponListQuery = Static<typeof CouponListQuery>;
export const CouponList = Type.Object({
  coupons: Type.Array(CouponView),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  total: Type.Integer(),
});
export type CouponList = Static<typeof CouponList>;

const { code: _code, status: _status, ...generated } = couponFields;
const { kind: setKind, value: setValue, ...setOthers } = generated;
export const maxCodesOfSet = 10_000;
export const GenerateCouponsBody = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 80,
      pattern: '\\S',
      description: 'For the list; buyers never see it',
    }),
    prefix: Type.String({
      pattern: '^([0-9A-Za-z][0-9A-Za-z_-]{0,19})?$',
      description: 'Before ten random characters',
    }),
    count: Type.Integer({ minimum: 1, maximum: maxCodesOfSet }),
    kind: setKind,
    value: setValue,
    ...Type.Partial(Type.Object(setOthers)).properties,
  },
  { additionalProperties: false },
);
export type GenerateCouponsBody = Static<typeof GenerateCouponsBody>;
export const CouponSetView = Type.Object({
  id: RowId,
  name: Type.String(),
  prefix: Type.String(),
  codes: Type.Integer(),
  active: Type.Integer({ description: 'Codes that are not switched off' }),
  used: Type.Integer({ description: 'Uses of all its codes' }),
  createdBy: Type.String(),
  createdAt: EpochMs,
});
export type CouponSetView = Static<typeof CouponSetView>;
export const CouponSetList = Type.Object({ sets: Type.Array(CouponSetView) });
export type CouponSetList = Static<typeof CouponSetList>;
export const SwitchedOff = Type.Object({ codes: Type.Integer() });

// --- settings of the shop ----------------------------------------------------------------------------------------

export const ShopSettings = Type.Object({
  name: Type.String(),
  announcement: Type.String(),
  secondPersonMinor: Type.Union([Type.Integer(), Type.Null()], {
    description: 'From this amount on, review cases that move money or cards need two people; null: never',
  }),
});
export type ShopSettings = Static<typeof ShopSettings>;
export const UpdateShopSettingsBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })),
    announcement: Type.Optional(Type.String({ maxLength: 2000 })),
    secondPersonMinor: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }), Type.Null()]),
    ),
  },
  { additionalProperties: false },
);
export type UpdateShopSettingsBody = Static<typeof UpdateShopSettingsBody>;

export const RemovedSamples = Type.Object({
  deleted: Type.Integer({ description: 'Products that nobody had ordered: gone, with their cards' }),
  archived: Type.Integer({ description: 'Products that orders name: no longer on sale' }),
});
export type RemovedSamples = Static<typeof RemovedSamples>;

// --- audit log ---------------------------------------------------------------------------------------------------

export const AuditQuery = Type.Object({
  before: Type.Optional(
    Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Entries older than this id' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  action: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7e]{1,80}$', description: 'For example product.update' })),
  subject: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7e]{1,80}$', description: 'For example product:12' })),
  orderId: Type.Optional(OrderId),
});
export type AuditQuery = Static<typeof AuditQuery>;
export const AuditEntryView = Type.Object({
  id: RowId,
  at: EpochMs,
  actor: Type.String(),
  action: Type.String(),
  subject: Type.String(),
  orderId: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  before: Type.Unknown(),
  after: Type.Unknown(),
  requestId: Type.Union([Type.String(), Type.Null()]),
});
export type AuditEntryView = Static<typeof AuditEntryView>;
export const AuditList = Type.Object({
  entries: Type.Array(AuditEntryView),
  next: Type.Union([RowId, Type.Null()], { description: 'Give it as `before` to go on; null: no more' }),
});
export type AuditList = Static<typeof AuditList>;

export const AuditChainView = Type.Object({
  seq: Type.Integer({ description: 'Entries that are chained' }),
  hash: Type.String({ description: 'Of the last link' }),
  verified: Type.Union(
    [
      Type.Object({
        at: EpochMs,
        seq: Type.Integer({ description: 'The chain was walked up to this link' }),
        ok: Type.Boolean(),
        found: Type.Integer(),
        sample: Type.Array(Type.String()),
      }),
      Type.Null(),
    ],
    { description: 'The last walk; null: there was none yet' },
  ),
});
export type AuditChainView = Static<typeof AuditChainView>;
