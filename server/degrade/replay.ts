/**
 * Replays what was recorded, in the order it came, through the very operations of the live path. Any part of it may happen
 * twice: everything random was recorded, so an order or a payment that is there already is recognised.
 *
 *   begin marked on disk -> applied -> what became of it in the database -> end marked on disk
 *
 * An intent that fails for reasons of its own is quarantined and a person is told; the queue goes on. One that is begun
 * again and again without an end has killed its process: it is tried alone, and then quarantined.
 */
import { passCheckpoint } from '../platform/checkpoints.ts';
import type { Log } from '../platform/observe/log.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import type { Intent, IntentOutcome } from './intent.ts';
import type { IntentBook } from './intent-book.ts';

export interface ReplayDeps {
  book: IntentBook;
  log: Log;
  metrics: Pick<Metrics, 'intentsReplayed'>;
  /** Does it. Throws when it could not be done. */
  apply(intent: Intent): Promise<IntentOutcome>;
  /** The database is away or overrun: try again later. Otherwise the intent is to blame. */
  mayPass(error: unknown): boolean;
  /** A person must know, and the buyer's ticket too. */
  quarantined(intent: Intent, why: string): Promise<void>;
}

const atOnce = 128;
const triesTogether = 2;
const triesAlone = 5;

/** @returns whether anything is left because the database went away again */
export async function replayAll(deps: ReplayDeps, goesOn: () => boolean): Promise<'drained' | 'interrupted'> {
  while (goesOn()) {
    await deps.book.refresh();
    const waiting = deps.book.waiting();
    if (waiting.length === 0) return 'drained';
    if (!(await replaySome(deps, nextOf(deps.book, waiting)))) return 'interrupted';
  }
  return 'interrupted';
}

/** The oldest; those that did not come through twice go alone. */
function nextOf(book: IntentBook, waiting: readonly Intent[]): readonly Intent[] {
  const tries = (intent: Intent) => book.entry(intent.id)?.tries ?? 0;
  const doubtful = waiting.findIndex((intent) => tries(intent) >= triesTogether);
  if (doubtful === 0) return waiting.slice(0, 1);
  return waiting.slice(0, doubtful > 0 ? Math.min(doubtful, atOnce) : atOnce);
}

async function replaySome(deps: ReplayDeps, intents: readonly Intent[]): Promise<boolean> {
  const { book } = deps;
  const alone = intents.length === 1 ? intents[0] : undefined;
  if (alone && (book.entry(alone.id)?.tries ?? 0) >= triesAlone) {
    await setAside(deps, alone, 'it ended the process each time it was replayed');
    return true;
  }
  await book.tried(intents.map((intent) => intent.id));
  const ends = await Promise.allSettled(intents.map((intent) => deps.apply(intent)));
  passCheckpoint('intent.after-apply');
  const kept: string[] = [];
  for (const [i, end] of ends.entries()) {
    const intent = intents[i] as Intent;
    if (end.status === 'fulfilled') await finish(deps, intent, end.value);
    else if (deps.mayPass(end.reason)) kept.push(intent.id);
    else await setAside(deps, intent, end.reason instanceof Error ? end.reason.message : String(end.reason));
  }
  if (kept.length > 0) await book.kept(kept);
  return kept.length === 0;
}

async function finish({ book, metrics }: ReplayDeps, intent: Intent, outcome: IntentOutcome): Promise<void> {
  await book.done(intent, outcome);
  metrics.intentsReplayed.inc({ kind: intent.kind, outcome: outcome.as });
  passCheckpoint('intent.after-done');
}

async function setAside(deps: ReplayDeps, intent: Intent, why: string): Promise<void> {
  deps.log.error({ intent: intent.id, kind: intent.kind, why }, 'a recorded entry cannot be replayed: quarantined');
  await deps.book.quarantine.put({ id: intent.id, why, intent });
  await deps.quarantined(intent, why);
  await finish(deps, intent, { as: 'quarantined' });
}
