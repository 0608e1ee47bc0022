/**
 * Degrade mode of one process: watches the database, knows the mode, and has what was recorded replayed when the database
 * is back. Orders ask `recordsOrders`, callbacks `recordsCallbacks`.
 */
import type { Redis } from '../platform/cache/redis.ts';
import { type Clock, sleep } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { DatabaseError } from '../platform/db/errors.ts';
import type { Log } from '../platform/observe/log.ts';
import type { Metrics } from '../platform/observe/metrics.ts';
import { putSetting } from '../platform/settings-store.ts';
import { type HandSwitch, newest, readSwitchFile, readSwitchRedis, readSwitchSetting } from './hand-switch.ts';
import type { IntentBook } from './intent-book.ts';
import { type Mode, modes, nextMode, type Reason, reasonsOf } from './mode.ts';
import { createOutage } from './outage.ts';

export interface Degrade {
  readonly book: IntentBook;
  mode(): Mode;
  recordsOrders(): boolean;
  recordsCallbacks(): boolean;
  /** The database has been away for as long as a request may wait. */
  gaveUp(): void;
  status(): DegradeStatus;
  /** One look at everything; the loop calls it twice a second. */
  look(): Promise<void>;
  /** Watches until stopped. `replay` is called when something waits and the database is there. */
  watch(stop: AbortSignal, replay: (stop: AbortSignal) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface DegradeStatus {
  mode: Mode;
  reasons: Reason[];
  /** Since when (UTC ms). */
  since: number;
  waiting: number;
  hand: HandSwitch | undefined;
}

export interface DegradeOptions {
  dataDir: string;
  instance: string;
  database: Database;
  redis: Redis;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'degradeMode' | 'intentsWaiting'>;
  book: IntentBook;
  /** As long as a request waits for the database. */
  patienceMs?: number;
}

const lookEveryMs = 500;
/** A read or a write that takes longer counts as not answered. */
const answerWithinMs = 1500;
const requestsWaitMs = 8000;

/** True for trouble that degrade mode is for: there is no database, or nobody knows whether it took the transaction. */
export function isAway(error: unknown): boolean {
  return error instanceof DatabaseError && (error.errorClass === 'unavailable' || error.errorClass === 'unknown');
}

export function createDegrade(options: DegradeOptions): Degrade {
  const { dataDir, instance, database, redis, clock, log, metrics, book } = options;
  const outage = createOutage(clock, options.patienceMs ?? requestsWaitMs);
  let mode: Mode = 'normal';
  let since = clock.now();
  let inFile: HandSwitch | undefined;
  let inDatabase: HandSwitch | undefined;
  let inRedis: HandSwitch | undefined;
  let replaying: Promise<void> | undefined;

  const hand = () => newest(inFile, inRedis, inDatabase);
  const facts = () => ({ databaseAway: outage.away(), byHand: hand()?.on ?? false, waiting: book.waitingCount() });

  function decide(): void {
    const now = facts();
    const next = nextMode(mode, now);
    metrics.degradeMode.set(modes.indexOf(next));
    metrics.intentsWaiting.set(now.waiting);
    if (next === mode) return;
    const said = { from: mode, to: next, reasons: reasonsOf(now), waiting: now.waiting };
    if (next === 'degraded') log.error(said, 'degrade mode: orders are recorded and placed later');
    else log.warn(said, next === 'replaying' ? 'the database is back: replaying what was recorded' : 'normal again');
    mode = next;
    since = clock.now();
  }

  /** In doubt only a write proves anything: a server that has turned read-only answers every question. */
  async function probe(): Promise<void> {
    const wrote = outage.inDoubt();
    const question = wrote
      ? database.transact(
          'degrade.probe',
          (tx) => putSetting(tx, 'degrade.probe', instance.slice(0, 60), clock.now()),
          {
            deadlineMs: 1000,
          },
        )
      : readSwitchSetting(database.read).then((found) => {
          inDatabase = found;
        });
    const answer = question.then(
      () => 'answered' as const,
      // Any other error is an answer too.
      (error) => (isTrouble(error) ? ('failed' as const) : ('answered' as const)),
    );
    const outcome = await Promise.race([answer, sleep(answerWithinMs).then(() => 'failed' as const)]);
    if (outcome === 'answered') outage.answered(wrote);
    else outage.failed();
  }

  const degrade: Degrade = {
    book,
    mode: () => mode,
    recordsOrders: () => mode !== 'normal',
    recordsCallbacks: () => mode === 'degraded',
    gaveUp() {
      outage.gaveUp();
      decide();
    },
    status: () => ({ mode, reasons: reasonsOf(facts()), since, waiting: book.waitingCount(), hand: hand() }),
    async look() {
      inFile = await readSwitchFile(dataDir);
      // A Redis that was wiped turns nothing.
      inRedis = newest(await readSwitchRedis(redis), inRedis);
      if (hand()?.on) decide();
      await probe();
      decide();
    },
    async watch(stop, replay) {
      await book.refresh();
      // What another life of this process left behind comes first.
      if (book.waitingCount() > 0) mode = 'replaying';
      while (!stop.aborted) {
        await degrade.look().catch((error) => log.error({ err: error }, 'degrade mode could not look'));
        if (mode !== 'degraded' && !replaying) {
          replaying = replay(stop)
            .catch((error) => log.error({ err: error }, 'replaying failed; it goes on in a moment'))
            .finally(() => {
              replaying = undefined;
              decide();
            });
        }
        await sleep(lookEveryMs, stop);
      }
      await replaying;
    },
    close: () => book.close(),
  };
  return degrade;
}

function isTrouble(error: unknown): boolean {
  return !(error instanceof DatabaseError) || error.errorClass !== 'fatal';
}
