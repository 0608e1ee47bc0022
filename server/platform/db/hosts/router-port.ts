/** What the rest of the database layer sees of the router, and what the router tells of itself. */
import type { Clock } from '../../clock.ts';
import type { PooledConnection } from '../mysql-pool.ts';
import type { WriterPresence } from '../waiting-room.ts';
import type { Endpoints } from './endpoints.ts';

export interface RouterEvents {
  /** Another host is written from now on; the first one at start too. */
  onWriter?(now: { host: string; epoch: number | undefined; before: string | undefined; awayMs: number }): void;
  onWriterLost?(host: string, why: string): void;
  onHost?(host: string, up: boolean, says: string): void;
  /** A host offers to be written although it has missed what was committed since. */
  onOutdated?(host: string, itsEpoch: number, newestEpoch: number): void;
  onLag?(host: string, lagMs: number): void;
  onTrouble?(says: string, error: unknown): void;
  /** A read that may lag went to this host. */
  onLaggingRead?(host: string): void;
}

export interface RouterOptions {
  endpoints: Endpoints;
  clock: Clock;
  poolSize: number;
  statementLimitMs: number;
  maxLagMs: number;
  events?: RouterEvents | undefined;
}

export interface HostStatus {
  name: string;
  role: 'writer' | 'reader' | 'standby' | 'down';
  says: string;
  /** How far behind the writer; undefined where it cannot be told. */
  lagMs: number | undefined;
}

export interface HostRouter extends WriterPresence {
  acquireWriter(): Promise<PooledConnection>;
  /** A connection to a host that may be behind by at most the limit; the writer where there is none. */
  acquireReader(): Promise<PooledConnection>;
  hosts(): HostStatus[];
  close(): void;
}
