/** A person wants messages sent that were given up, or that wait for their next try. */
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Nudges } from '../../platform/nudges.ts';
import { messagesInState, retryMessages } from '../outbox-store.ts';
import { outboxIdOf } from './delivery-store.ts';
import { noticeTopicName } from './spread-events.ts';

export const mostRetried = 1000;

export async function retryDeliveries(
  deps: { database: Database; clock: Clock; nudges: Nudges },
  { ids, actor, requestId }: { ids?: readonly number[] | undefined } & Actor,
): Promise<number> {
  const at = deps.clock.now();
  const retried = await deps.database.transact('notices.retry', async (tx) => {
    const messages = ids?.map(outboxIdOf) ?? (await messagesInState(tx, noticeTopicName, 'failed', mostRetried));
    const count = await retryMessages(tx, messages, at);
    if (count > 0) {
      const after = { retried: count, ...(ids && { ids }) };
      await recordAudit(tx, { at, actor, requestId, action: 'notice.retry', subject: 'notice:many', after });
    }
    return count;
  });
  if (retried > 0) deps.nudges.send('outbox', 'retry');
  return retried;
}
