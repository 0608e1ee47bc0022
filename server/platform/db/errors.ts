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

/** Not tried, or not tried again: too many wait for the database already. */
export class Overloaded extends DatabaseError {
  constructor(operation: string, cause: unknown) {
    super('unavailable', operation, cause);
  }
}

/** Thrown by our own code inside a transaction when a conditional update hit fewer rows than it must: somebody was faster. */
export class RowsChanged extends Error {
  override readonly name = 'RowsChanged';
}

/** Certainly rolled back, or about to be by us: the whole transaction may run again. */
const retryNumbers = new Set([
  1205, // lock wait timeout (we roll back explicitly: InnoDB rolls back only the statement)
  1213, // deadlock, and Galera certification failure
  1020, // record has changed since last read (MariaDB snapshot isolation)
  1180, // error during commit that names a deadlock
  1317, // the statement was interrupted (KILL QUERY, Galera giving way to another node)
  1969, // max_statement_time (MariaDB)
  3024, // max_execution_time (MySQL)
  3101, // rolled back during commit (group replication)
  8022, // TiDB: error that is safe to retry
  8028, // TiDB: the schema changed under the transaction
  9007, // TiDB: write conflict
]);
/** At COMMIT only these say for certain that nothing was committed. */
const rolledBackAtCommit = new Set([1213, 3101, 9007]);
/** The host is there and does not want us, or not our writes: another may. */
const unavailableNumbers = new Set([
  1040, // too many connections
  1047, // WSREP has not yet prepared node for application use
  1053, // server shutdown in progress
  1077, // normal shutdown
  1129, // the host blocks us after too many errors
  1203, // too many connections of this user
  1226, // too many connections of this user
  1290, // running with --read-only
  1792, // cannot execute in a READ ONLY transaction
  1836, // running in read-only mode
  3100, // replication hook failed (group replication)
  9001, // TiDB: no answer from the placement driver
  9002, // TiDB: no answer from storage
  9003, // TiDB: storage is busy
  9004, // TiDB: locks could not be resolved in time
  9005, // TiDB: a region is not available
]);
/** The server says on its way out what the socket is about to say. */
const connectionNumbers = new Set([
  1152, // aborted connection
  1158, // communication packet could not be read
  1159, // time-out while reading it
  1160, // could not be written
  1161, // time-out while writing it
  1927, // connection was killed (MariaDB)
  2006, // server has gone away
  2013, // lost connection during query
  3169, // session was killed (MySQL)
  4031, // idle for longer than the server allows (MySQL)
]);
const connectionCodes = new Set([
  'HOST_LOST', // we cut the connection ourselves: its host was declared dead, or a statement ran for too long
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'PROTOCOL_SEQUENCE_TIMEOUT', // the driver's own statement time-out
  'PROTOCOL_ERROR',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
]);
const unreachableCodes = new Set([
  'NO_WRITER', // no host may be written now
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
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
  if (errno !== undefined && retryNumbers.has(errno)) {
    return phase !== 'commit' || rolledBackAtCommit.has(errno) ? 'retry' : 'unknown';
  }
  if (errno !== undefined && unavailableNumbers.has(errno)) return phase === 'commit' ? 'unknown' : 'unavailable';
  if (code !== undefined && unreachableCodes.has(code)) return phase === 'commit' ? 'unknown' : 'unavailable';
  const connectionLost =
    (code !== undefined && connectionCodes.has(code)) ||
    (errno !== undefined && connectionNumbers.has(errno)) ||
    isClosedConnection(error);
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
