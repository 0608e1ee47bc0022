/** Degrade mode in the administration. */
import { type Static, Type } from 'typebox';
import { EpochMs } from './common.ts';

export const DegradeReply = Type.Object({
  mode: Type.Unsafe<'normal' | 'degraded' | 'replaying'>({ type: 'string', enum: ['normal', 'degraded', 'replaying'] }),
  reasons: Type.Array(Type.String({ description: 'database-away, by-hand' })),
  since: EpochMs,
  waiting: Type.Integer({ description: 'Recorded on the machine that answers, and not replayed yet' }),
  hand: Type.Union([
    Type.Object({ on: Type.Boolean(), at: EpochMs, by: Type.String(), why: Type.String() }),
    Type.Null(),
  ]),
});
export type DegradeReply = Static<typeof DegradeReply>;

export const TurnDegradeBody = Type.Object(
  { on: Type.Boolean(), why: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }) },
  { additionalProperties: false },
);
