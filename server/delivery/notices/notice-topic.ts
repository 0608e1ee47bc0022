/**
 * The topic `notice`: {deliveryId} -> the message to its target. Unlike money and buyers' mails it may be given up: after
 * some six hours it is no news any more. It stays in the log of deliveries then, with a button that tries it again.
 */
import type { Database } from '../../platform/db/database.ts';
import type { OutboxMessage } from '../outbox-store.ts';
import type { SendOutcome, Topic } from '../send-outbox.ts';
import { noteAnswer, outboxIdOf, readDelivery } from './delivery-store.ts';
import { type OpenTargetDeps, sendTo } from './open-target.ts';
import { readTarget } from './target-store.ts';

export interface NoticeTopicDeps {
  database: Database;
  opening: OpenTargetDeps;
  baseUrl: string;
  shopName(): Promise<string>;
}

/** 2 s, 4 s, ... half an hour: about six hours in all. */
export const noticeTries = 20;
const maxWaitMs = 30 * 60_000;

export function noticeTopic(deps: NoticeTopicDeps): Topic {
  return {
    send: (message) => sendNotice(deps, message),
    maxWaitMs,
    slowWaitMs: maxWaitMs,
    mayBeStopped: true,
    // A review case about it would be told of in the same way, and fail in the same way.
    tellsNobody: true,
  };
}

async function sendNotice(deps: NoticeTopicDeps, message: OutboxMessage): Promise<SendOutcome> {
  const { database, opening } = deps;
  const delivery = await readDelivery(database.read, Number(message.payload.deliveryId));
  const target = delivery && (await readTarget(database.read, delivery.targetId));
  if (!delivery || !target?.enabled) return { error: 'the target is gone or turned off', last: true };
  const { page, ...notice } = delivery.notice;
  const result = await sendTo(opening, target, {
    ...notice,
    id: outboxIdOf(delivery.id),
    lang: target.lang,
    shop: await deps.shopName(),
    url: `${deps.baseUrl}/admin${page}`,
    at: delivery.createdAt,
  });
  if (result.kind === 'sent') {
    await database.transact('notices.answer', (tx) => noteAnswer(tx, delivery.id, result.answer));
    return undefined;
  }
  const last = message.attempts + 1 >= noticeTries;
  return { error: result.reason, last, ...(result.waitMs !== undefined && { waitMs: result.waitMs }) };
}
