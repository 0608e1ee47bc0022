/**
 * Sends what the outbox holds: lease -> hand to the topic -> done, or again later. At least once: a crash between sending
 * and writing it down sends again, which each topic makes recognisable (Message-ID, refund number).
 */
import { backoffMs } from '../platform/backoff.ts';
import { type Batcher, createBatcher } from '../platform/batcher.ts';
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Log } from '../platform/observe/log.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import {
  finishMessages,
  giveUpMessage,
  isAnyDue,
  leaseMessages,
  type OutboxMessage,
  postponeMessage,
} from './outbox-store.ts';

/**
 * undefined: it is out. Else why it must be tried again; `waitMs`: not before then; `last`: not again at all, until a person
 * says so.
 */
export type SendOutcome = undefined | string | { error: string; waitMs?: number; last?: boolean };

export interface Topic {
  /** To throw means to try again. */
  send(message: OutboxMessage): Promise<SendOutcome>;
  /** Longest wait between tries, until a person has been told. */
  maxWaitMs: number;
  /** Longest wait after that. */
  slowWaitMs: number;
  /** Whether a person may decide that it need not go out. Money that is owed must. */
  mayBeStopped: boolean;
  /** No review case is opened however long it fails. */
  tellsNobody?: boolean;
}

export interface OutboxDeps {
  database: Database;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'outboxSent'>;
  topics: Readonly<Record<string, Topic>>;
  /** Names this start of this process; at most 40 characters. */
  owner: string;
  /** Opens a review case, once however often it is called. */
  tellPerson(tx: Tx, message: OutboxMessage, error: string): Promise<void>;
  /** Those whose review case a person has settled: they need not go out any more. */
  settledByPerson(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Messages handled at once, and so the most that one lease takes: nothing waits under lease. */
export const messagesAtOnce = 16;
/** A topic that has not answered by then counts as failed; well before the lease runs out. */
export const sendTimeoutMs = 60_000;
const leaseMs = 120_000;
const firstWaitMs = 2_000;
export const tellAfterFailures = 10;

type Result = { message: OutboxMessage } & (
  | { kind: 'sent' }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: string; nextAt: number }
  | { kind: 'given-up'; error: string }
);

/** One round. @returns how many messages were handled */
export async function sendOutbox(deps: OutboxDeps): Promise<number> {
  const { database, clock, owner } = deps;
  const topics = Object.keys(deps.topics);
  if (!(await isAnyDue(database.read, clock.now(), topics))) return 0;
  const messages = await database.transact('outbox.lease', (tx) =>
    leaseMessages(tx, owner, clock.now(), leaseMs, messagesAtOnce, topics),
  );
  const failing = messages
    .filter((message) => message.attempts >= tellAfterFailures && deps.topics[message.topic]?.mayBeStopped)
    .map((message) => message.id);
  const settled = failing.length > 0 ? await deps.settledByPerson(failing) : new Set<string>();
  // Results that come in together are written together.
  const results = createBatcher<Result, undefined>({
    name: 'outbox.result',
    run: (batch) => writeResults(deps, batch),
    mayBeOneMember: () => false,
    maxSize: messagesAtOnce,
    maxQueue: messagesAtOnce,
  });
  await Promise.all(messages.map((message) => sendOne(deps, message, settled.has(message.id), results)));
  return messages.length;
}

async function sendOne(
  deps: OutboxDeps,
  message: OutboxMessage,
  settled: boolean,
  results: Batcher<Result, undefined>,
): Promise<void> {
  if (settled) return results.submit({ message, kind: 'stopped' });
  const topic = deps.topics[message.topic] as Topic;
  const outcome = await outcomeOf(topic, message);
  if (outcome === undefined) {
    passCheckpoint('outbox.after-send');
    return results.submit({ message, kind: 'sent' });
  }
  const failure: Exclude<SendOutcome, string | undefined> = typeof outcome === 'string' ? { error: outcome } : outcome;
  const { error, waitMs = 0, last } = failure;
  deps.log.warn({ outboxId: message.id, attempts: message.attempts + 1, error }, 'a message could not be sent yet');
  if (last) return results.submit({ message, kind: 'given-up', error });
  const longestMs = message.attempts < tellAfterFailures ? topic.maxWaitMs : topic.slowWaitMs;
  const nextAt = deps.clock.now() + Math.max(waitMs, backoffMs(message.attempts, firstWaitMs, longestMs));
  return results.submit({ message, kind: 'failed', error, nextAt });
}

async function outcomeOf(topic: Topic, message: OutboxMessage): Promise<SendOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${sendTimeoutMs / 1000} s`), sendTimeoutMs);
  });
  passCheckpoint('outbox.before-send');
  try {
    return await Promise.race([topic.send(message), timeout]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

async function writeResults(deps: OutboxDeps, results: readonly Result[]): Promise<undefined[]> {
  const { clock, owner } = deps;
  const idsOf = (kind: Result['kind']) => results.filter((one) => one.kind === kind).map(({ message }) => message.id);
  await deps.database.transact('outbox.result', async (tx) => {
    await finishMessages(tx, idsOf('sent'), clock.now());
    await finishMessages(tx, idsOf('stopped'), clock.now(), 'stopped');
    for (const one of results) {
      if (one.kind === 'given-up')
        await giveUpMessage(tx, { id: one.message.id, owner, error: one.error }, clock.now());
      if (one.kind !== 'failed') continue;
      const { message, nextAt, error } = one;
      await postponeMessage(tx, { id: message.id, owner, nextAt, error });
      if (deps.topics[message.topic]?.tellsNobody) continue;
      if (message.attempts + 1 >= tellAfterFailures) await deps.tellPerson(tx, message, error);
    }
  });
  for (const { message, kind } of results) deps.metrics.outboxSent.inc({ topic: message.topic, outcome: kind });
  return results.map(() => undefined);
}
