/** Whom the shop tells of what, and what became of it, under /api/admin/v1/notices. */
import { type Static, type TSchema, Type } from 'typebox';
import { EpochMs, Language, RowId } from './common.ts';
import { type NoticeEventName, noticeEventNames, type Severity as SeverityWord, severities } from './notices.ts';

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = Type.Object({ zh: Type.String(), en: Type.String() });
const Severity = Type.Unsafe<SeverityWord>({ type: 'string', enum: [...severities] });
const EventName = Type.Unsafe<NoticeEventName>({ type: 'string', enum: [...noticeEventNames] });

export const NotifierKindList = Type.Object({
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
  events: Type.Array(Type.Object({ event: Type.String(), severity: Severity, usual: Type.Boolean() })),
  mailWorks: Type.Boolean({ description: 'Whether the shop has a mail server' }),
});

const minuteOfDay = orNull(Type.Integer({ minimum: 0, maximum: 1439 }));
const plain = {
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  lang: Language,
  enabled: Type.Boolean(),
  events: Type.Array(EventName, { maxItems: 100, uniqueItems: true }),
  quietFrom: minuteOfDay,
  quietTo: minuteOfDay,
  utcOffset: Type.Integer({ minimum: -720, maximum: 840, description: 'Minutes east of UTC, for the quiet hours' }),
};
const Settings = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown());

export const NoticeTargetParams = Type.Object({ id: RowId });
export const CreateNoticeTargetBody = Type.Object(
  {
    kind: Type.String({ maxLength: 40 }),
    name: plain.name,
    settings: Settings,
    ...Type.Partial(Type.Omit(Type.Object(plain), ['name'])).properties,
  },
  { additionalProperties: false },
);
export type CreateNoticeTargetBody = Static<typeof CreateNoticeTargetBody>;
export const UpdateNoticeTargetBody = Type.Object(
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
export type UpdateNoticeTargetBody = Static<typeof UpdateNoticeTargetBody>;

export const NoticeTargetView = Type.Object({
  id: RowId,
  kind: Type.String(),
  ...plain,
  settings: Settings,
  secretsSet: Type.Array(Type.String(), { description: 'Secret fields that have a value; it is never shown' }),
  fault: orNull(Type.String({ description: 'Why it cannot be opened' })),
  failed: Type.Integer({ description: 'Messages to it that were given up' }),
  version: Type.Integer(),
  createdAt: EpochMs,
  updatedAt: EpochMs,
});
export type NoticeTargetView = Static<typeof NoticeTargetView>;
export const NoticeTargetList = Type.Object({ targets: Type.Array(NoticeTargetView) });
export const NoticeTargetReply = Type.Object({ target: NoticeTargetView });
export const NoticeTestReply = Type.Object({
  ok: Type.Boolean(),
  answer: Type.String({ description: "The service's own words" }),
  tookMs: Type.Integer(),
});

export const NoticeDeliveryQuery = Type.Object({
  before: Type.Optional(RowId),
  target: Type.Optional(RowId),
  status: Type.Optional(Type.Union([Type.Literal('pending'), Type.Literal('failed')])),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }),
});
export const NoticeDeliveryView = Type.Object({
  id: RowId,
  targetId: RowId,
  targetName: orNull(Type.String()),
  severity: Severity,
  title: Type.String(),
  lines: Type.Array(Type.String()),
  events: Type.Integer(),
  status: Type.String({ description: '`pending`, `done`, `failed` (given up) or `stopped`' }),
  attempts: Type.Integer(),
  lastError: orNull(Type.String()),
  answer: orNull(Type.String()),
  nextAt: orNull(EpochMs),
  doneAt: orNull(EpochMs),
  createdAt: EpochMs,
});
export type NoticeDeliveryView = Static<typeof NoticeDeliveryView>;
export const NoticeDeliveryList = Type.Object({
  deliveries: Type.Array(NoticeDeliveryView),
  next: orNull(RowId),
  failed: Type.Integer({ description: 'Given up, in all (counted to 1000)' }),
});
export const RetryNoticesBody = Type.Object(
  { ids: Type.Optional(Type.Array(RowId, { minItems: 1, maxItems: 100 })) },
  { additionalProperties: false, description: 'Without ids: all that were given up, at most 1000' },
);
export const RetriedReply = Type.Object({ retried: Type.Integer() });
