/** Everything that happened to an order, as one list: what the shop did by itself, and what people did. */
import { type Static, Type } from 'typebox';
import { Currency, EpochMs } from './common.ts';

const literals = <T extends string>(values: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...values] });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

export const timelineKinds = [
  'placed',
  'payment-begun', // `by` is the channel, `about` the payment number
  'payment-failed',
  'payment-closed',
  'evidence', // verified news of money; `detail` says where it came from, `about` is the channel's number
  'paid', // the money is on our books
  'delivered', // every line is in the buyer's hands
  'ended', // expired or cancelled; `detail` says which
  'mail-waiting', // `detail` is the template
  'mail-sent',
  'mail-stopped', // a person said that it need not go out
  'refund-requested',
  'refund-succeeded',
  'refund-rejected',
  'case-opened', // `detail` is the kind of the review case
  'case-resolved', // and here what was decided
  'person', // what somebody did; `detail` is the action of the audit log
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export const TimelineEvent = Type.Object({
  at: EpochMs,
  kind: literals(timelineKinds),
  by: orNull(Type.String({ description: 'A person, a token, or a channel' })),
  about: orNull(Type.String({ description: 'The number of the payment, trade, refund or case' })),
  detail: orNull(Type.String()),
  reason: orNull(Type.String()),
  amountMinor: orNull(Type.Integer()),
  currency: orNull(Currency),
});
export type TimelineEvent = Static<typeof TimelineEvent>;
export const Timeline = Type.Object({ events: Type.Array(TimelineEvent, { description: 'Oldest first' }) });
export type Timeline = Static<typeof Timeline>;
