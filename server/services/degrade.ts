/**
 * Every process that serves watches the database and has what its machine recorded replayed once that is back. One process
 * of a data folder does it at a time, by a lease; a second one would do no harm.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { isAway } from '../degrade/degrade.ts';
import { createDegradeAlarm } from '../degrade/degrade-alarm.ts';
import type { Intent, IntentOutcome } from '../degrade/intent.ts';
import { type ReplayDeps, replayAll } from '../degrade/replay.ts';
import { retryQuarantined } from '../degrade/retry-quarantined.ts';
import { readTicket } from '../degrade/ticket-store.ts';
import { placeProblem } from '../http/order-problems.ts';
import { holdTicket, refuseTicket, replayOrder } from '../order/replay-order.ts';
import { paymentOf } from '../payment/record-callback.ts';
import { openReviewCases } from '../payment/review-store.ts';
import { decidedQuarantines, quarantineCase } from '../payment/settled-case-store.ts';
import { QueueFull } from '../platform/batcher.ts';
import { sleep } from '../platform/clock.ts';
import { DatabaseError } from '../platform/db/errors.ts';
import { randomToken } from '../platform/ids.ts';
import { withLease } from '../platform/lease.ts';

/** A page that has asked this lately still waits for its order. */
const stillWantedMs = 2 * 60_000;
const leaseMs = 5000;
/** Somebody else may be replaying: look whether anything is left. */
const lookAgainMs = 250;
const askAboutQuarantineMs = 1000;
const lookAtSharedMs = 500;

export interface DegradeService {
  stop(): Promise<void>;
}

export function startDegrade(context: Context): DegradeService {
  const stopping = new AbortController();
  const stop = AbortSignal.any([stopping.signal, context.stopping.signal]);
  const deps = replayDeps(context);
  const { degrade, clock, log } = context;
  let askedMs = Number.NEGATIVE_INFINITY;
  const watching = degrade
    .watch(stop, async (signal) => {
      await context.sharedIntents.prepare();
      if (clock.monotonicMs() - askedMs >= askAboutQuarantineMs) {
        askedMs = clock.monotonicMs();
        await degrade.book.refresh();
        await lookAtQuarantine(context);
      }
      if (degrade.book.waitingCount() > 0) await replayUnderLease(context, deps, signal);
      else await context.sharedIntents.removeDone(degrade.book);
    })
    .catch((error) => log.fatal({ err: error }, 'degrade mode does not watch any more'));
  const telling = tellOfDegrade(context, stop);
  const adopting = context.redis.inUse ? adoptUnderLease(context, stop) : undefined;
  return {
    async stop() {
      stopping.abort();
      await Promise.all([watching, telling, adopting]);
    },
  };
}

const lookAtModeMs = 500;

async function tellOfDegrade(context: Context, stop: AbortSignal): Promise<void> {
  const look = createDegradeAlarm({ ...context, instance: `${hostname()}-${process.pid}` });
  while (!stop.aborted) {
    await look().catch(() => undefined);
    await sleep(lookAtModeMs, stop);
  }
}

async function replayUnderLease(context: Context, deps: ReplayDeps, stop: AbortSignal): Promise<void> {
  const { degrade, database, clock, log } = context;
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const name = `intents.${await folderName(degrade.book.folder)}`;
  const holder = `${process.pid}-${randomToken()}`;
  const onTrouble = (error: unknown) => log.debug({ err: error }, 'lease of the replay');
  const look = async () => {
    while (!signal.aborted) {
      await sleep(lookAgainMs, signal);
      await degrade.book.refresh();
      if (degrade.mode() === 'degraded' || degrade.book.waitingCount() === 0) over.abort();
    }
  };
  const held = withLease(
    { database, clock, onTrouble },
    { name, holder, lifetimeMs: leaseMs },
    signal,
    async (lease) => {
      const end = await replayAll(deps, () => !lease.signal.aborted && degrade.mode() !== 'degraded');
      if (end === 'drained') {
        await degrade.book.tidyUp();
        log.info('everything recorded has been replayed');
      }
      over.abort();
    },
  );
  await Promise.all([held, look()]);
}

/** One process of the shop takes over what lost machines have left in Redis; into its own book, which is then replayed. */
async function adoptUnderLease(context: Context, stop: AbortSignal): Promise<void> {
  const { degrade, database, clock, log, sharedIntents, config } = context;
  const isSettled = async ({ id, kind }: Intent) => {
    const ticket = kind === 'order' ? await readTicket(database.read, id) : undefined;
    return ticket?.status === 'placed' || ticket?.status === 'refused';
  };
  const onTrouble = (error: unknown) => log.debug({ err: error }, 'recorded orders of other machines');
  const holder = `${process.pid}-${randomToken()}`;
  const options = { name: 'intents.shared', holder, lifetimeMs: config.leaseMs };
  await withLease({ database, clock, onTrouble }, options, stop, async (lease) => {
    while (!lease.signal.aborted) {
      if (degrade.mode() !== 'degraded')
        await sharedIntents.adopt(degrade.book, config.leaseMs, isSettled).catch(onTrouble);
      await sleep(lookAtSharedMs, lease.signal);
    }
  });
}

/** Two data folders may look alike from inside; this tells them apart. */
async function folderName(folder: string): Promise<string> {
  const path = join(folder, 'name');
  await writeFile(path, randomToken(), { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  return (await readFile(path, 'utf8')).slice(0, 30);
}

function replayDeps(context: Context): ReplayDeps {
  const { degrade, log, metrics, config, clock } = context;
  const orderDeps = {
    ...context,
    problemOf: (refusal: Parameters<typeof placeProblem>[0]) => placeProblem(refusal).code,
    maxAgeMs: config.intentMaxAgeMs,
    stillWanted: (id: string) => {
      const seenMs = degrade.book.entry(id)?.seenMs ?? 0;
      return seenMs > 0 && clock.monotonicMs() - seenMs < stillWantedMs;
    },
  };
  return {
    book: degrade.book,
    log,
    metrics,
    async apply(intent): Promise<IntentOutcome> {
      if (intent.kind === 'order') {
        const outcome = await replayOrder(orderDeps, intent);
        metrics.ordersPlaced.inc({ outcome: outcome.as });
        return outcome;
      }
      await context.settle(paymentOf(intent));
      return { as: 'settled' };
    },
    mayPass: (error) =>
      isAway(error) || error instanceof QueueFull || (error instanceof DatabaseError && error.errorClass !== 'fatal'),
    async quarantined(intent, why) {
      if (intent.kind === 'order') await holdTicket(context, intent);
      await openCase(context, intent.id, why, intent);
    },
  };
}

async function openCase(context: Context, id: string, why: string, intent: Intent | null): Promise<void> {
  const detail = { id, why, kind: intent?.kind ?? 'unreadable', folder: context.degrade.book.folder };
  const round = intent?.round ?? 1;
  await context.database.transact('degrade.quarantine', (tx) =>
    openReviewCases(
      tx,
      [{ kind: 'intent_quarantined', about: quarantineCase(id, round), detail }],
      context.clock.now(),
    ),
  );
}

/** Opens a case for what could not even be read, and does what persons have decided in theirs. */
async function lookAtQuarantine(context: Context): Promise<void> {
  const { degrade, database } = context;
  const waiting = await degrade.book.quarantine.list();
  if (waiting.length === 0) return;
  for (const one of waiting) if (!one.intent) await openCase(context, one.id, one.why, null);
  const keys = new Map(waiting.map((one) => [quarantineCase(one.id, one.intent?.round ?? 1), one]));
  for (const [about, decided] of await decidedQuarantines(database.read, [...keys.keys()])) {
    const one = keys.get(about);
    if (!one) continue;
    if (decided !== 'release' && one.intent?.kind === 'order') await refuseTicket(context, one.intent);
    await retryQuarantined(degrade.book, one, decided === 'release' ? 'retry' : 'drop');
  }
}
