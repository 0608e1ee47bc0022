/**
 * What a database error means for us, decided here and nowhere else.
 *
 * - `retry`: the transaction is certainly rolled back; run it again (deadlock, lock wait, Galera certification).
 * - `unknown`: the connection ended when a COMMIT may have been under way; run it again on a new connection with the
 *   same keys: a duplicate key then means the first one had been committed.
 * - `unavailable`: no connection, or a node that takes no writes now; try again, perhaps elsewhere.
 * - `fatal`: a bug or bad data; trying again changes nothing.
 */
export type DbErrorClass = 'retry' | 'unknown' | 'unavailable' | 'fatal';

export type TransactionPhase = 'begin' | 'work' | 'commit' | 'read';

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly errorClass: DbErrorClass;
  constructor(errorClass: DbErrorClass, operation: string, cause: unknown) {
    super(`${operation}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.errorClass = errorClass;
  }
}

/** Thrown by our own code inside a transaction when a conditional update hit fewer rows than it must: somebody was faster. */
export class RowsChanged extends Error {
  override readonly name = 'RowsChanged';
}

const retryNumbers = new Set([
  1205, // lock wait timeout (we roll back explicitly: InnoDB rolls back only the statement)
  1213, // deadlock, and Galera certification failure
  1020, // record has changed since last read (MariaDB snapshot isolation)
  1180, // error during commit that names a deadlock
]);
const unavailableNumbers = new Set([
  1040, // too many connections
  1047, // WSREP has not yet prepared node for application use
  1053, // server shutdown in progress
  1290, // running with --read-only
  1792, // cannot execute in a READ ONLY transaction
  1836, // running in read-only mode
  3100, // replication hook failed (group replication)
]);
const connectionCodes = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
]);
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'POOL_CLOSED',
]);
const sqliteBusy = 5;
const sqliteLocked = 6;

interface DriverError {
  errno?: number;
  errcode?: number;
  code?: string;
  fatal?: boolean;
}

export function classifyDbError(error: unknown, phase: TransactionPhase): DbErrorClass {
  if (error instanceof DatabaseError) return error.errorClass;
  if (error instanceof RowsChanged) return 'retry';
  const { errno, errcode, code } = (error ?? {}) as DriverError;
  if (errcode !== undefined && (errcode & 0xff) === sqliteBusy) return 'retry';
  if (errcode !== undefined && (errcode & 0xff) === sqliteLocked) return 'retry';
  if (errno !== undefined && retryNumbers.has(errno)) return 'retry';
  if (errno !== undefined && unavailableNumbers.has(errno)) return phase === 'commit' ? 'unknown' : 'unavailable';
  if (code !== undefined && unreachableCodes.has(code)) return phase === 'commit' ? 'unknown' : 'unavailable';
  const connectionLost =
    (code !== undefined && connectionCodes.has(code)) || errno === 2006 || errno === 2013 || isClosedConnection(error);
  if (connectionLost) return phase === 'begin' || phase === 'read' ? 'unavailable' : 'unknown';
  // Anything else at COMMIT that is not a plain OK or a certain rollback leaves us not knowing.
  if (phase === 'commit') return 'unknown';
  return 'fatal';
}

function isClosedConnection(error: unknown): boolean {
  return (
    error instanceof Error && /closed state|connection is closed|Connection lost|Pool is closed/i.test(error.message)
  );
}

/** A unique key said no. Operations that expect it use ON CONFLICT instead; this is for the few that must know. */
export function isDuplicateKey(error: unknown): boolean {
  const cause = error instanceof DatabaseError ? error.cause : error;
  const { errno, errcode } = (cause ?? {}) as DriverError;
  return errno === 1062 || errcode === 2067 || errcode === 1555;
}
