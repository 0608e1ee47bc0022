/** Payment channels, their health, and the comparison with their bills, under /api/admin/v1. */
import { type Static, type TSchema, Type } from 'typebox';
import { EpochMs, Language, RowId } from './common.ts';
import { type ReviewStatus, reviewStatuses } from './states.ts';

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = Type.Object({ zh: Type.String(), en: Type.String() });
const Settings = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown());
const Reason = Type.String({ minLength: 1, maxLength: 300 });

export const ChannelKindList = Type.Object({
  kinds: Type.Array(
    Type.Object({
      kind: Type.String(),
      names: Text,
      help: Text,
      settings: Type.Record(Type.String(), Type.Unknown(), {
        description: 'JSON Schema of the settings; each field has label and help in both languages, secret ones say so',
      }),
    }),
  ),
});

const fields = {
  nameZh: Type.String({ maxLength: 80 }),
  nameEn: Type.String({ maxLength: 80 }),
  enabled: Type.Boolean(),
  priority: Type.Integer({ minimum: -1000, maximum: 1000, description: 'Higher is shown first' }),
  feeBasisPoints: Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: 'What the channel keeps, in 1/100 of a percent',
  }),
  settings: Settings,
};
const { settings, ...plain } = fields;

export const ChannelCode = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$' });
/** What no channel is called is not found; what the column of the code cannot even hold is refused before it is asked. */
const AnyCode = Type.String({ maxLength: 40, pattern: '^[\\x21-\\x7e]+$' });
export const ChannelParams = Type.Object({ code: AnyCode });
export const CreateChannelBody = Type.Object(
  { code: ChannelCode, kind: Type.String({ maxLength: 40 }), settings, ...Type.Partial(Type.Object(plain)).properties },
  { additionalProperties: false },
);
export type CreateChannelBody = Static<typeof CreateChannelBody>;
export const UpdateChannelBody = Type.Object(
  {
    version: Type.Integer(),
    ...Type.Partial(Type.Object(plain)).properties,
    settings: Type.Optional(
      Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), {
        description: 'Fields left out stay as they are; null empties one',
      }),
    ),
  },
  { additionalProperties: false },
);
export type UpdateChannelBody = Static<typeof UpdateChannelBody>;

export const AdminChannelView = Type.Object({
  code: Type.String(),
  kind: Type.String(),
  ...plain,
  settings: Settings,
  secretsSet: Type.Array(Type.String(), { description: 'Secret fields that have a value; it is never shown' }),
  /** Made by the environment: it cannot be edited. */
  fixed: Type.Boolean(),
  fault: orNull(Type.String({ description: 'Why it cannot be opened' })),
  takesPayments: Type.Boolean(),
  blockedBy: orNull(Type.String({ description: '`health`, or the person who blocked it' })),
  blockReason: orNull(Type.String()),
  blockedSince: orNull(EpochMs),
  notifyUrl: Type.String({ description: 'Where the network calls back' }),
  version: Type.Integer(),
  createdAt: orNull(EpochMs),
  updatedAt: orNull(EpochMs),
});
export type AdminChannelView = Static<typeof AdminChannelView>;
export const AdminChannelList = Type.Object({ channels: Type.Array(AdminChannelView) });
export const AdminChannelReply = Type.Object({ channel: AdminChannelView });
export const BlockChannelBody = Type.Object({ reason: Reason }, { additionalProperties: false });
export const ChannelTestReply = Type.Object({
  ok: Type.Boolean(),
  reason: orNull(Type.String()),
  tookMs: Type.Integer(),
});

const ReportView = Type.Object({
  channel: Type.String(),
  date: Type.String(),
  ok: Type.Boolean(),
  payments: Type.Object({ count: Type.Integer(), minor: Type.Integer() }),
  refunds: Type.Object({ count: Type.Integer(), minor: Type.Integer() }),
  feesMinor: Type.Integer(),
  matched: Type.Integer(),
  madeAt: EpochMs,
  differences: Type.Array(
    Type.Object({
      kind: Type.String(),
      type: Type.String(),
      tradeNo: Type.String(),
      outTradeNo: orNull(Type.String()),
      refundNo: orNull(Type.String()),
      theirsMinor: orNull(Type.Integer()),
      oursMinor: orNull(Type.Integer()),
      currency: Type.String(),
      says: Type.String(),
      caseId: orNull(RowId),
      caseStatus: orNull(Type.Unsafe<ReviewStatus>({ type: 'string', enum: [...reviewStatuses] })),
    }),
  ),
  totals: Type.Array(
    Type.Object({
      currency: Type.String(),
      payments: Type.Integer(),
      paymentsMinor: Type.Integer(),
      refunds: Type.Integer(),
      refundsMinor: Type.Integer(),
      feesMinor: Type.Integer(),
      netMinor: Type.Integer(),
    }),
    { description: 'What the bill itself adds up to, by currency, without entries that failed' },
  ),
});
export type ReportView = Static<typeof ReportView>;
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', examples: ['2026-01-31'] });
export const ReportListQuery = Type.Object({
  channel: Type.Optional(AnyCode),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  differing: Type.Optional(Type.Boolean({ description: 'Only those that differ' })),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 31 }),
});
export const ReportList = Type.Object({
  reports: Type.Array(ReportView),
  channels: Type.Array(
    Type.Object({
      code: Type.String(),
      nameZh: Type.String(),
      nameEn: Type.String(),
      latest: orNull(Type.String({ description: 'The latest day whose bill should be there by now' })),
    }),
    { description: 'Those whose network gives bills' },
  ),
});
export type ReportList = Static<typeof ReportList>;
export const ReportParams = Type.Object({
  channel: AnyCode,
  date: Day,
});
export const ReportReply = Type.Object({ report: ReportView });
export const BillFileQuery = Type.Object({
  lang: Type.Unsafe<Language>({ ...Language, default: 'zh', description: 'Of the headings' }),
});
