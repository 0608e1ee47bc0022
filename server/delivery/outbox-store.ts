/** Messages to the outside world, written in the transaction that causes them and sent afterwards, at least once. */
import { insertRows, isMysql, selectIn, updateIn } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export interface OutboxMessage {
  /** Names the effect, so that causing it twice writes one row; receivers may use it to recognise a repeat. */
  id: string;
  topic: string;
  payload: Record<string, unknown>;
  attempts: number;
}

export function enqueue(tx: Tx, messages: readonly Omit<OutboxMessage, 'attempts'>[], nowMs: number): Promise<number> {
  return insertRows(
    tx,
    'outbox',
    messages.map((message) => ({
      id: message.id,
      topic: message.topic,
      payload: JSON.stringify(message.payload),
      next_at: nowMs,
      created_at: nowMs,
    })),
    { onConflict: 'ignore' },
  );
}

/** Takes due messages on lease; a worker that dies leaves them to the next one when the lease runs out. */
export async function leaseMessages(
  tx: Tx,
  owner: string,
  nowMs: number,
  leaseMs: number,
  limit: number,
  topics?: readonly string[],
): Promise<OutboxMessage[]> {
  let query = tx
    .selectFrom('outbox')
    .select(['id', 'topic', 'payload', 'attempts'])
    .where('status', '=', 'pending')
    .where('next_at', '<=', nowMs)
    .$if(topics !== undefined, (due) => due.where('topic', 'in', topics as readonly string[]))
    .orderBy('next_at')
    .limit(limit);
  if (isMysql(tx)) query = query.forUpdate().skipLocked();
  const rows = await query.execute();
  // Moving next_at to the end of the lease is the lease: nobody else finds the message due before then.
  await updateIn(
    tx,
    'outbox',
    'id',
    rows.map((row) => row.id),
    {
      set: 'next_at = ?, lease_owner = ?, lease_until = ?',
      params: [nowMs + leaseMs, owner, nowMs + leaseMs],
      where: "status = 'pending'",
    },
  );
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Record<string, unknown> }));
}

/** Whether a worker would find anything: asked on a reader, so that idle workers never queue for the writer. */
export async function isAnyDue(db: Db, nowMs: number, topics: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', 'pending')
    .where('next_at', '<=', nowMs)
    .where('topic', 'in', topics)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was sent is done, whoever holds the lease by now. `stopped`: a person said that it need not go out. */
export async function finishMessages(
  tx: Tx,
  ids: readonly string[],
  nowMs: number,
  status: 'done' | 'stopped' = 'done',
): Promise<void> {
  await updateIn(tx, 'outbox', 'id', ids, {
    set: 'status = ?, done_at = ?, next_at = NULL, lease_owner = NULL, lease_until = NULL',
    params: [status, nowMs],
    where: "status = 'pending'",
  });
}

/** Not again until a person says so: for messages that are no news any more. Money and buyers' mails are never given up. */
export async function giveUpMessage(
  tx: Tx,
  message: { id: string; owner: string; error: string },
  nowMs: number,
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      status: 'failed',
      next_at: null,
      done_at: nowMs,
      lease_owner: null,
      lease_until: null,
      last_error: message.error.slice(0, 300),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', message.id)
    .where('lease_owner', '=', message.owner)
    .where('status', '=', 'pending')
    .execute();
}

/** A person wants them sent now: those given up begin anew, those that wait for their next try are due. */
export async function retryMessages(tx: Tx, ids: readonly string[], nowMs: number): Promise<number> {
  return updateIn(tx, 'outbox', 'id', ids, {
    set: "status = 'pending', next_at = ?, done_at = NULL, attempts = 0",
    params: [nowMs],
    where: "(status = 'failed' OR (status = 'pending' AND lease_owner IS NULL))",
  });
}

/** Of one topic in one state, soonest first. */
export async function messagesInState(
  db: Db | Tx,
  topic: string,
  status: 'pending' | 'failed',
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('status', '=', status)
    .where('topic', '=', topic)
    .orderBy('next_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Not yet: try again at `nextAt`. A lease that has passed on to another owner is left alone. */
export async function postponeMessage(
  tx: Tx,
  message: { id: string; owner: string; nextAt: number; error: string },
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({
      next_at: message.nextAt,
      lease_owner: null,
      lease_until: null,
      last_error: message.error.slice(0, 300),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', message.id)
    .where('lease_owner', '=', message.owner)
    .where('status', '=', 'pending')
    .execute();
}

/** Makes messages due that are missing or were taken for done; those that wait for their time keep it. */
export async function requeue(
  tx: Tx,
  messages: readonly Omit<OutboxMessage, 'attempts'>[],
  nowMs: number,
): Promise<number> {
  const ids = messages.map((message) => message.id);
  const revived = await updateIn(tx, 'outbox', 'id', ids, {
    set: "status = 'pending', next_at = ?, done_at = NULL",
    params: [nowMs],
    where: "status <> 'pending'",
  });
  return revived + (await enqueue(tx, messages, nowMs));
}

/** Makes waiting messages due now; one that is being sent keeps its lease. @returns how many wait or are being sent */
export async function hurryMessages(tx: Tx, ids: readonly string[], nowMs: number): Promise<number> {
  await updateIn(tx, 'outbox', 'id', ids, {
    set: 'next_at = ?',
    params: [nowMs],
    where: "status = 'pending' AND lease_owner IS NULL",
  });
  return (await readMessages(tx, ids)).filter(({ status }) => status === 'pending').length;
}

/** Messages this process holds are due at once for others: called when it stops. */
export async function returnLeases(tx: Tx, owner: string, nowMs: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ next_at: nowMs, lease_owner: null, lease_until: null })
    .where('status', '=', 'pending')
    .where('next_at', '>', nowMs)
    .where('lease_owner', '=', owner)
    .execute();
}

export interface StuckMessage {
  id: string;
  topic: string;
  attempts: number;
  last_error: string | null;
  created_at: number;
}

/** Messages that should have been out since `before`. */
export function stuckMessages(db: Db, beforeMs: number, limit: number): Promise<StuckMessage[]> {
  return db
    .selectFrom('outbox')
    .select(['id', 'topic', 'attempts', 'last_error', 'created_at'])
    .where('status', '=', 'pending')
    .where('created_at', '<', beforeMs)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

export interface NamedMessage {
  id: string;
  status: string;
  attempts: number;
  last_error: string | null;
  created_at: number;
  done_at: number | null;
}

/** Messages called `name` or `name:<something>`: ranges of the primary key. */
export async function messagesNamed(db: Db | Tx, names: readonly string[]): Promise<NamedMessage[]> {
  return db
    .selectFrom('outbox')
    .select(['id', 'status', 'attempts', 'last_error', 'created_at', 'done_at'])
    .where((eb) =>
      // `;` is the character behind `:`.
      eb.or(
        names.flatMap((name) => [eb('id', '=', name), eb.and([eb('id', '>', `${name}:`), eb('id', '<', `${name};`)])]),
      ),
    )
    .execute();
}

export interface OutboxState {
  id: string;
  status: string;
  attempts: number;
  last_error: string | null;
  next_at: number | null;
  done_at: number | null;
}

export function readMessages(db: Db, ids: readonly string[]): Promise<OutboxState[]> {
  return selectIn(db, 'SELECT id, status, attempts, last_error, next_at, done_at FROM outbox WHERE id IN (?)', ids);
}
