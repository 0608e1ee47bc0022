/**
 * What happened -> what waits for each target -> one message for each target that may be sent something now. Everything is in
 * the database and in one transaction, so running it again, or on two workers, changes nothing.
 */
import { isNoticeEvent, noticeEvents } from '../../../contract/notices.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { eventsToSpread, markSpread, readEvents } from '../../platform/event-store.ts';
import type { Nudges } from '../../platform/nudges.ts';
import { enqueue } from '../outbox-store.ts';
import { composeNotice } from './compose-notice.ts';
import {
  insertDelivery,
  insertWaiting,
  outboxIdOf,
  recentDeliveries,
  waitingEvents,
  waitingTargets,
} from './delivery-store.ts';
import { sendableNow } from './sending-times.ts';
import { type NoticeTarget, readTargets } from './target-store.ts';

export interface SpreadDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  /** Throws when another process does this by now. */
  confirm(tx: Tx): Promise<void>;
}

export const noticeTopicName = 'notice';
const eventsAtOnce = 1000;
const eventsInOne = 300;
const recentCounted = 30;

/** @returns how many events were spread and how many messages made */
export async function spreadEvents(deps: SpreadDeps): Promise<{ spread: number; made: number }> {
  const { database, clock, nudges } = deps;
  const [fresh, waiting] = await Promise.all([eventsToSpread(database.read, 1), waitingTargets(database.read)]);
  if (fresh.length === 0 && waiting.length === 0) return { spread: 0, made: 0 };
  const done = await database.transact('notices.spread', async (tx) => {
    await deps.confirm(tx);
    const now = clock.now();
    const targets = (await readTargets(tx)).filter((target) => target.enabled);
    const spread = await spreadOver(tx, targets, now);
    let made = 0;
    for (const target of targets) if (await makeMessage(tx, target, now)) made++;
    return { spread, made };
  });
  if (done.made > 0) nudges.send('outbox', 'notices');
  return done;
}

async function spreadOver(tx: Tx, targets: readonly NoticeTarget[], now: number): Promise<number> {
  const events = await eventsToSpread(tx, eventsAtOnce);
  const rows = events.flatMap(({ id: eventId, event }) => {
    if (!isNoticeEvent(event)) return [];
    const { severity } = noticeEvents[event];
    return targets.filter((it) => it.events.includes(event)).map((it) => ({ targetId: it.id, eventId, severity }));
  });
  await insertWaiting(tx, rows);
  const ids = events.map((event) => event.id);
  await markSpread(tx, ids, now);
  return ids.length;
}

async function makeMessage(tx: Tx, target: NoticeTarget, now: number): Promise<boolean> {
  const sendable = sendableNow(target.quiet, await recentDeliveries(tx, target.id, recentCounted), now);
  const eventIds = await waitingEvents(tx, target.id, sendable, eventsInOne);
  if (eventIds.length === 0) return false;
  const notice = composeNotice(await readEvents(tx, eventIds), target.lang);
  const deliveryId = await insertDelivery(tx, target.id, eventIds, notice, now);
  await enqueue(tx, [{ id: outboxIdOf(deliveryId), topic: noticeTopicName, payload: { deliveryId } }], now);
  return true;
}
