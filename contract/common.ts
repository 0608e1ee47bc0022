/** Shapes used on both sides of the house: ids, money, pages, problems. */
import { type Static, Type } from 'typebox';

/** Two-character region + 26 time-sortable random characters: at most 28, so an attempt (id + 2 digits) fits every channel. */
export const OrderId = Type.String({ pattern: '^[0-9A-Z]{28}$', description: 'Order number' });
export const RowId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const Currency = Type.String({ pattern: '^[A-Z]{3,5}$', description: 'ISO 4217 code, for example CNY' });
/** Integer minor units (fen, cents). One order may not exceed ten million major units. */
export const AmountMinor = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
/** UTC milliseconds since 1970, as far as dates go. */
export const EpochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });
export const Slug = Type.String({ pattern: '^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$' });
export const Language = Type.Union([Type.Literal('zh'), Type.Literal('en')]);
export type Language = Static<typeof Language>;

/** Pages are numbered from 1. Lists that grow without end (orders, audit log) use `before` cursors instead. */
export const PageQuery = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 100_000, default: 1 }),
  pageSize: Type.Integer({ minimum: 1, maximum: 100, default: 24 }),
});

/** RFC 9457 problem details. `code` is one of contract/problems.ts; `errors` names the fields at fault. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'The request id, to quote to the shop' })),
    errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
