/**
 * Connections to one MySQL host. Two things the package's own pool does not do: no connection is handed out before its
 * session is set up, and the whole pool can be cut off at once when its host is declared dead, so that nobody waits for
 * a frozen server.
 */
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Connection, ResultSetHeader } from 'mysql2';
import type { Clock } from '../clock.ts';
import { Overloaded } from './errors.ts';
import { HostLost, openConnection, sever } from './hosts/connect-host.ts';
import type { Endpoint } from './hosts/endpoints.ts';

export interface MysqlPoolOptions {
  endpoint: Endpoint;
  size: number;
  clock: Clock;
  /** A statement that runs longer is ended with its connection. DDL takes as long as it takes. */
  statementLimitMs: number;
  /** Galera: a new connection first waits until its node has applied everything that was committed anywhere. */
  causal: boolean;
}

interface Taker {
  take(connection: PooledConnection): void;
  refuse(error: Error): void;
}

const connectWithinMs = 3000;
const setUpWithinMs = 8000;
const sweepEveryMs = 1000;
/** Callers that may wait for a connection; each holds a request open. */
const mostWaiting = 10_000;

/** READ COMMITTED: batches with SKIP LOCKED and multi-row inserts deadlock on gap locks under REPEATABLE READ. */
const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 5",
];
const causalRead = [
  'SET SESSION wsrep_sync_wait = 15',
  'SELECT COUNT(*) FROM leases',
  'SET SESSION wsrep_sync_wait = 0',
];
const noSuchTable = 1146;
const noDatabase = 1046;

export class MysqlPool {
  readonly #options: MysqlPoolOptions;
  readonly #all = new Set<PooledConnection>();
  readonly #idle: PooledConnection[] = [];
  #waiting: Taker[] = [];
  #closed: Error | undefined;
  readonly #sweep: NodeJS.Timeout;

  constructor(options: MysqlPoolOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#endOverlong(), sweepEveryMs).unref();
  }

  acquire(): Promise<PooledConnection> {
    return new Promise((take, refuse) => this.#serve({ take, refuse }));
  }

  #serve(taker: Taker): void {
    const free = this.#takeIdle();
    if (this.#closed) taker.refuse(this.#closed);
    else if (free) taker.take(free);
    else if (this.#all.size < this.#options.size) this.#open(taker);
    else if (this.#waiting.length < mostWaiting) this.#waiting.push(taker);
    else taker.refuse(new Overloaded('acquire', new Error('too many wait for a connection')));
  }

  #takeIdle(): PooledConnection | undefined {
    for (;;) {
      const free = this.#idle.pop();
      if (!free || free.usable) return free;
    }
  }

  /** For a stop in good order: waits for nobody. */
  end(): void {
    this.#close(new HostLost('Pool is closed.'));
    for (const one of this.#all) one.end();
  }

  /** The host is gone or is not the writer any more: everything under way on it fails now. */
  abandon(reason: string): void {
    const error = new HostLost(`Connection lost: ${reason}`);
    this.#close(error);
    for (const one of this.#all) one.sever(error);
  }

  #close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    clearInterval(this.#sweep);
    for (const taker of this.#waiting.splice(0)) taker.refuse(error);
  }

  #open(taker: Taker): void {
    const { endpoint, clock } = this.#options;
    const { connection, ready } = openConnection(endpoint, { timeoutMs: connectWithinMs, database: true });
    const pooled = new PooledConnection(connection, clock, {
      released: () => this.#released(pooled),
      lost: () => this.#lost(pooled),
    });
    this.#all.add(pooled);
    const late = setTimeout(() => pooled.sever(new HostLost('Connection lost: not set up in time')), setUpWithinMs);
    ready
      .then(() => setUp(connection, this.#options.causal))
      .then(
        () => taker.take(pooled),
        (error: Error) => {
          pooled.sever(error);
          taker.refuse(this.#closed ?? error);
          // With no connection left nobody would ever be woken.
          if (this.#all.size === 0) for (const one of this.#waiting.splice(0)) one.refuse(error);
        },
      )
      .finally(() => clearTimeout(late));
  }

  #released(pooled: PooledConnection): void {
    if (!pooled.usable) return;
    const next = this.#waiting.shift();
    if (this.#closed) pooled.end();
    else if (next) next.take(pooled);
    else this.#idle.push(pooled);
  }

  #lost(pooled: PooledConnection): void {
    if (!this.#all.delete(pooled)) return;
    const at = this.#idle.indexOf(pooled);
    if (at >= 0) this.#idle.splice(at, 1);
    const next = this.#closed ? undefined : this.#waiting.shift();
    if (next) this.#serve(next);
  }

  #endOverlong(): void {
    const since = this.#options.clock.monotonicMs() - this.#options.statementLimitMs;
    for (const one of this.#all) {
      if (one.runningSince < since) one.sever(new HostLost('Connection lost: a statement ran for too long'));
    }
  }
}

async function setUp(connection: Connection, causal: boolean): Promise<void> {
  const run = (text: string) =>
    new Promise<void>((resolve, reject) => {
      connection.query(text, (error) => {
        const isNew = error?.errno === noSuchTable || error?.errno === noDatabase;
        if (error && !isNew) reject(error);
        else resolve();
      });
    });
  await Promise.all([...sessionSettings, ...(causal ? causalRead : [])].map(run));
}

/** What Kysely sees of a connection, with an eye on how long statements take. */
export class PooledConnection implements DatabaseConnection {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #events: { released(): void; lost(): void };
  /** When the statement that runs now began; Infinity while none does. */
  runningSince = Number.POSITIVE_INFINITY;
  usable = true;
  /** Ends the statement that runs now. */
  #refuse: ((error: Error) => void) | undefined;

  constructor(connection: Connection, clock: Clock, events: { released(): void; lost(): void }) {
    this.#connection = connection;
    this.#clock = clock;
    this.#events = events;
    connection.on('error', (error: Error) => this.#drop(error));
    connection.on('end', () => this.#drop(new HostLost('Connection lost: the server closed it')));
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (!isSchemaChange(sql)) this.runningSince = this.#clock.monotonicMs();
    return new Promise((resolve, reject) => {
      this.#refuse = reject;
      this.#connection.query(sql, parameters as unknown[], (error, result) => {
        this.runningSince = Number.POSITIVE_INFINITY;
        this.#refuse = undefined;
        if (!error) return resolve(answered<R>(result));
        reject(error);
        // Nobody knows what a session still holds whose COMMIT or ROLLBACK has failed.
        if (sql === 'commit' || sql === 'rollback') this.sever(error);
      });
    });
  }

  // biome-ignore lint/correctness/useYield: streaming is not offered; long reads page by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported: read in pages by key');
  }

  release(): void {
    this.#events.released();
  }

  end(): void {
    this.usable = false;
    this.#connection.end(() => undefined);
  }

  sever(reason: Error): void {
    sever(this.#connection, reason);
    this.#drop(reason);
  }

  #drop(reason: Error): void {
    this.usable = false;
    // The driver says so itself, but forgets a statement when its socket goes while it is being closed.
    this.#refuse?.(reason);
    this.#events.lost();
  }
}

function answered<R>(result: unknown): QueryResult<R> {
  if (Array.isArray(result)) return { rows: result as R[] };
  const { affectedRows, changedRows, insertId } = result as ResultSetHeader;
  return {
    rows: [],
    numAffectedRows: BigInt(affectedRows),
    numChangedRows: BigInt(changedRows ?? 0),
    ...(insertId ? { insertId: BigInt(insertId) } : {}),
  };
}

function isSchemaChange(text: string): boolean {
  return /^\s*(create|alter|drop|analyze|optimize)\s/i.test(text);
}
