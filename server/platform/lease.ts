/**
 * One process out of many does a piece of work. The lease is a row in the database.
 *
 *   watching -> the row has not changed for one lifetime (by our own clock) -> holding -> renewed every third of it
 *   holding  -> released (we stop) | lost (no renewal got through for a lifetime, or a higher fencing number is there)
 *
 * Nobody compares times of different machines, so wrong clocks do no harm. A holder that was paused finds its time over
 * by its own clock when it wakes; and because a pause can fall between looking and writing, a write that only the holder
 * may make calls `confirm` in its transaction, which fails once somebody else holds the lease.
 */
import { type Clock, sleep } from './clock.ts';
import type { Database, Tx } from './db/database.ts';
import { holdsLease, type LeaseRow, readLease, releaseLease, renewLease, takeLease } from './lease-store.ts';

export interface LeaseOptions {
  name: string;
  /** Names this start of this process; never used twice. At most 64 characters. */
  holder: string;
  lifetimeMs: number;
}

export interface LeaseDeps {
  database: Database;
  clock: Clock;
  onTrouble?(error: unknown): void;
}

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface Lease {
  readonly fencing: number;
  /** Aborts when the lease is lost or the process stops. */
  readonly signal: AbortSignal;
  held(): boolean;
  /** Throws LeaseLost, and so undoes the transaction, when somebody else has taken over. */
  confirm(tx: Tx): Promise<void>;
}

/** Holds the lease whenever it can be had, running `work` each time; returns after `stop` aborts and `work` has ended. */
export async function withLease(
  deps: LeaseDeps,
  options: LeaseOptions,
  stop: AbortSignal,
  work: (lease: Lease) => Promise<void>,
): Promise<void> {
  const watch = createWatch(deps, options);
  while (!stop.aborted) {
    const fencing = await watch().catch((error: unknown) => deps.onTrouble?.(error));
    if (fencing === undefined) await sleep(options.lifetimeMs / 5, stop);
    else await hold(deps, options, fencing, stop, work);
  }
}

/** Looks at the row and takes the lease when it is free. @returns the fencing number once it is ours */
function createWatch({ database, clock }: LeaseDeps, { name, holder, lifetimeMs }: LeaseOptions) {
  let seen: LeaseRow | undefined;
  let unchangedSince = 0;
  return async (): Promise<number | undefined> => {
    const row = await readLease(database.read, name);
    const same = row && seen && row.fencing === seen.fencing && row.expires_at === seen.expires_at;
    if (!same) unchangedSince = clock.monotonicMs();
    seen = row;
    const free = !row || row.expires_at === 0 || clock.monotonicMs() - unchangedSince >= lifetimeMs;
    if (!free) return undefined;
    const expiresAt = clock.now() + lifetimeMs;
    return database.transact('lease.take', (tx) => takeLease(tx, name, holder, expiresAt, row));
  };
}

async function hold(
  deps: LeaseDeps,
  { name, lifetimeMs }: LeaseOptions,
  fencing: number,
  stop: AbortSignal,
  work: (lease: Lease) => Promise<void>,
): Promise<void> {
  const { database, clock } = deps;
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  let until = clock.monotonicMs() + lifetimeMs;
  let lost = false;
  const lease: Lease = {
    fencing,
    signal,
    held: () => !lost && clock.monotonicMs() < until,
    async confirm(tx) {
      if (!lease.held() || !(await holdsLease(tx, name, fencing))) throw new LeaseLost(`lease ${name} was lost`);
    },
  };

  async function renew(): Promise<void> {
    while (!signal.aborted) {
      await sleep(lifetimeMs / 3, signal);
      if (signal.aborted) return;
      // Counted from before the attempt: others may have seen the renewal the moment it was written.
      const from = clock.monotonicMs();
      const expiresAt = clock.now() + lifetimeMs;
      try {
        const options = { deadlineMs: Math.max(1, until - from) };
        lost = !(await database.transact('lease.renew', (tx) => renewLease(tx, name, fencing, expiresAt), options));
        if (!lost) until = from + lifetimeMs;
      } catch (error) {
        deps.onTrouble?.(error);
      }
      if (!lease.held()) over.abort();
    }
  }

  const renewing = renew();
  try {
    await work(lease);
  } finally {
    over.abort();
    await renewing;
    if (!lost) {
      await database
        .transact('lease.release', (tx) => releaseLease(tx, name, fencing), { deadlineMs: 1000 })
        .catch((error: unknown) => deps.onTrouble?.(error));
    }
  }
}
