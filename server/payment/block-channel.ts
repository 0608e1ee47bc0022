/** Blocking a channel and opening it again, by a person or by its own health. Money in flight is untouched. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import { recordEvents } from '../platform/event-store.ts';
import type { Nudges } from '../platform/nudges.ts';
import { type ChannelBlock, readBlocks, writeBlock } from './channel-health-store.ts';
import { askSoonAbout } from './payment-store.ts';

export interface BlockDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
}

/** A channel that blocked itself is asked after this long whether it is well. */
const firstProbeMs = 15_000;
/** Its open payments are asked about over this time, instead of when their turn comes. */
const spreadMs = 30_000;

/** @param by `health` for the breaker. @returns false when it is blocked already (a person's block outlasts health's) */
export async function blockChannel(
  deps: BlockDeps,
  { channel, reason, actor, requestId, by }: { channel: string; reason: string; by: 'health' | 'person' } & Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  const done = await deps.database.transact('channel.block', async (tx) => {
    const before = (await readBlocks(tx)).find((block) => block.channel === channel);
    const isBlocked = before?.blockedBy !== null && before !== undefined;
    if (isBlocked && (by === 'health' || before.blockedBy !== 'health')) return false;
    const after: ChannelBlock = {
      channel,
      blockedBy: by === 'health' ? 'health' : actor,
      reason,
      since: now,
      probeAt: by === 'health' ? now + firstProbeMs : null,
      probes: 0,
      version: 0,
    };
    if (!(await writeBlock(tx, before, after))) throw new RowsChanged(`block of ${channel}`);
    const detail = { channel, reason, by: after.blockedBy };
    await recordEvents(tx, [{ event: 'channel.blocked', about: `${channel}:${now}`, detail }], now);
    await askSoonAbout(tx, channel, now, spreadMs);
    await recordAudit(tx, {
      at: now,
      actor,
      requestId,
      action: 'channel.block' as const,
      subject: `channel:${channel}`,
      reason,
    });
    return true;
  });
  if (done) deps.nudges.send('channels', channel);
  return done;
}

/** @returns false when it is not blocked */
export async function unblockChannel(
  deps: BlockDeps,
  { channel, reason, actor, requestId }: { channel: string; reason: string } & Actor,
): Promise<boolean> {
  const now = deps.clock.now();
  const done = await deps.database.transact('channel.unblock', async (tx) => {
    const before = (await readBlocks(tx)).find((block) => block.channel === channel);
    if (!before?.blockedBy) return false;
    const after = { ...before, blockedBy: null, reason: '', since: now, probeAt: null, probes: 0 };
    if (!(await writeBlock(tx, before, after))) throw new RowsChanged(`block of ${channel}`);
    const detail = { channel, reason, by: actor };
    await recordEvents(tx, [{ event: 'channel.recovered', about: `${channel}:${now}`, detail }], now);
    const audit = {
      at: now,
      actor,
      requestId,
      action: 'channel.unblock' as const,
      subject: `channel:${channel}`,
      reason,
    };
    await recordAudit(tx, { ...audit, before: { blockedBy: before.blockedBy, reason: before.reason } });
    return true;
  });
  if (done) deps.nudges.send('channels', channel);
  return done;
}
