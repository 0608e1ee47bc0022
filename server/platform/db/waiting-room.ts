/**
 * Where calls wait while the database is away: until there is a writer again, or their deadline is over. It has a limit,
 * because a request that waits holds memory and a socket, and a shop that drowns in them helps nobody.
 */
import { sleep } from '../clock.ts';
import { Overloaded } from './errors.ts';

/** When there is something to write to. A database in a file always has. */
export interface WriterPresence {
  /** How long there has been no writer, in milliseconds; 0 while there is one. */
  awayMs(): number;
  /** Resolves when there is one, or after `ms`. */
  untilThere(ms: number): Promise<void>;
  /** Something failed: look at the hosts now rather than in a moment. */
  suspect(): void;
}

export const alwaysThere: WriterPresence = { awayMs: () => 0, untilThere: async () => {}, suspect: () => {} };

export interface WaitingRoom {
  /** Waits at least `pauseMs`, and longer while there is no writer, but never more than `leftMs`. @throws Overloaded */
  wait(operation: string, pauseMs: number, leftMs: number): Promise<void>;
  waiting(): number;
}

export const mostWaiting = 5000;

export function createWaitingRoom(writer: WriterPresence, most = mostWaiting): WaitingRoom {
  let waiting = 0;
  return {
    waiting: () => waiting,
    async wait(operation, pauseMs, leftMs) {
      if (waiting >= most) throw new Overloaded(operation, new Error(`${most} calls wait for the database already`));
      waiting++;
      try {
        await sleep(Math.min(pauseMs, leftMs));
        if (writer.awayMs() > 0) await writer.untilThere(leftMs - pauseMs);
      } finally {
        waiting--;
      }
    },
  };
}
