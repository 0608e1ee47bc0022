/**
 * The shop's database, whichever it is. Reads that need no transaction use `read`; every write goes through `transact`,
 * which owns retrying: callers hand in work that is safe to run again because all its keys are made beforehand.
 */
import type { ControlledTransaction, Kysely, Transaction } from 'kysely';
import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import { classifyDbError, DatabaseError, Overloaded, type TransactionPhase } from './errors.ts';
import type { HostStatus, RouterEvents } from './hosts/router-port.ts';
import type { Tables } from './tables.ts';
import { alwaysThere, createWaitingRoom, type WaitingRoom, type WriterPresence } from './waiting-room.ts';

export type Db = Kysely<Tables>;
/** Only inside `transact` does one of these exist, so a write outside a transaction does not compile. */
export type Tx = Transaction<Tables>;
export type DialectName = 'sqlite' | 'mysql';

export interface TransactOptions {
  /** How long to keep retrying before the caller hears about it. Default 8 s. */
  deadlineMs?: number;
}

/**
 * A transaction with a name, and plain data in and out, so that the embedded database can run it in the thread of its
 * connection. `run` must need nothing but its arguments and must be safe to run again.
 */
export interface NamedTransaction<In, Out> {
  readonly name: string;
  run(tx: Tx, input: In): Promise<Out>;
}

export interface Database {
  readonly dialect: DialectName;
  /** The writer: whatever was committed is seen. */
  readonly read: Db;
  /**
   * A replica where there is one, so what is read may be a moment old (at most the lag limit). For catalogue pages, lists
   * and reports; never for what decides about money or cards, nor for what somebody has just changed.
   */
  readonly lagging: Db;
  transact<T>(operation: string, work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T>;
  run<In, Out>(transaction: NamedTransaction<In, Out>, input: In, options?: TransactOptions): Promise<Out>;
  /** How far behind `lagging` may be; 0 where it is the writer itself. */
  readonly maxLagMs: number;
  /** How long there has been nothing to write to, in milliseconds; 0 while there is. */
  awayMs(): number;
  /** The hosts as this process sees them; none for a database in a file. */
  hosts(): HostStatus[];
  close(): Promise<void>;
}

export interface DatabaseEvents extends RouterEvents {
  onRetry?(operation: string, errorClass: string, error: unknown): void;
}

export const defaultDeadlineMs = 8000;
const firstBackoffMs = 5;
const maxBackoffMs = 500;

export function createDatabase(parts: {
  dialect: DialectName;
  reader: Db;
  /** Absent: the same as `reader`. */
  lagging?: Db;
  maxLagMs?: number;
  writer: Db;
  clock: Clock;
  presence?: WriterPresence;
  room?: WaitingRoom;
  hosts?(): HostStatus[];
  onClose?(): void;
  events?: DatabaseEvents;
  /** Runs a named transaction elsewhere; absent: here. */
  runElsewhere?(name: string, input: unknown, deadlineMs: number | undefined): Promise<unknown>;
}): Database {
  const { dialect, reader, writer, clock, events, runElsewhere, presence = alwaysThere } = parts;
  const room = parts.room ?? createWaitingRoom(presence);

  async function once<T>(operation: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    let phase: TransactionPhase = 'begin';
    let tx: ControlledTransaction<Tables> | undefined;
    try {
      tx = await writer.startTransaction().execute();
      phase = 'work';
      const result = await work(tx);
      phase = 'commit';
      await tx.commit().execute();
      return result;
    } catch (error) {
      // After a failed COMMIT there is nothing to roll back; on a dead connection this fails too, and the server rolls back.
      if (tx && !tx.isCommitted && !tx.isRolledBack) {
        await tx
          .rollback()
          .execute()
          .catch(() => undefined);
      }
      throw isDatabaseTrouble(error) ? new DatabaseError(classifyDbError(error, phase), operation, error) : error;
    }
  }

  const database: Database = {
    dialect,
    read: reader,
    lagging: parts.lagging ?? reader,
    maxLagMs: parts.maxLagMs ?? 0,
    awayMs: presence.awayMs,
    hosts: () => parts.hosts?.() ?? [],
    run<In, Out>({ name, run }: NamedTransaction<In, Out>, input: In, options?: TransactOptions) {
      if (!runElsewhere) return database.transact(name, (tx) => run(tx, input), options);
      return runElsewhere(name, input, options?.deadlineMs) as Promise<Out>;
    },
    async transact(operation, work, options) {
      const until = clock.monotonicMs() + (options?.deadlineMs ?? defaultDeadlineMs);
      for (let attempt = 0; ; attempt++) {
        try {
          return await once(operation, work);
        } catch (error) {
          if (!(error instanceof DatabaseError) || error.errorClass === 'fatal') throw error;
          if (error.errorClass !== 'retry') presence.suspect();
          const pause = backoffMs(attempt, firstBackoffMs, maxBackoffMs);
          const left = until - clock.monotonicMs();
          if (pause > left || error instanceof Overloaded) throw error;
          events?.onRetry?.(operation, error.errorClass, error);
          await room.wait(operation, pause, left);
        }
      }
    },
    async close() {
      await writer.destroy();
      if (reader !== writer) await reader.destroy();
      if (parts.lagging) await parts.lagging.destroy();
      parts.onClose?.();
    },
  };
  return database;
}

/** Errors of the driver carry a number or a code; errors of our own code (bugs, expected outcomes) pass through untouched. */
function isDatabaseTrouble(error: unknown): boolean {
  if (error instanceof DatabaseError) return true;
  if (!(error instanceof Error)) return false;
  if (error.name === 'RowsChanged') return true;
  const { errno, errcode, code, fatal } = error as Error & Record<string, unknown>;
  return (
    errno !== undefined ||
    errcode !== undefined ||
    fatal !== undefined ||
    (typeof code === 'string' && /^(E[A-Z]+|ER_|PROTOCOL_|POOL_|ERR_SQLITE|HOST_LOST|NO_WRITER)/.test(code)) ||
    /Connection lost|connection is closed|closed state|Pool is closed/i.test(error.message)
  );
}
