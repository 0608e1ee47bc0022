/**
 * Makes sure that a host takes no more writes: read-only first, which waits for the commits under way, then everybody off
 * it until nobody comes back. A session that waits for a semi-synchronous acknowledgement must not be ended on a live
 * primary: its client would be told that the commit is safe.
 */
import { sleep } from '../../clock.ts';
import type { HostSession } from './host-session.ts';

/** Without a database open are those who only watch, and come back for ever. Binlog dumps feed replicas and write nothing; the event scheduler and replication threads are the server's own. */
const clients = `SELECT id FROM information_schema.processlist
  WHERE id NOT IN (?) AND db IS NOT NULL AND user NOT IN ('system user', 'event_scheduler')
  AND command NOT IN ('Binlog Dump', 'Binlog Dump GTID', 'Daemon', 'Slave_IO', 'Slave_SQL', 'Slave_worker')`;
/** Who may write to a read-only server comes back until it has seen that this one is: two looks at a host. */
const quietMs = 700;
const lookEveryMs = 100;
const mostLooks = 100;

export interface FenceOptions {
  /** End sessions also while commits wait: only for a host that is no primary any more, whose clients have left it. */
  evenWaiting: boolean;
  readOnlyWithinMs: number;
}

/** @param open more sessions to the same host. @returns how many sessions were ended */
export async function fenceHost(open: () => Promise<HostSession>, options: FenceOptions): Promise<number> {
  const [session, other] = [await open(), await open()];
  try {
    const ours = [await connectionId(session), await connectionId(other)];
    const readOnly = session.change('SET GLOBAL read_only = 1');
    const enough = new AbortController();
    const late = sleep(options.readOnlyWithinMs, enough.signal).then(() => 'late' as const);
    const endAll = () => endSessions(other, ours);
    let ended = options.evenWaiting ? await endAll() : 0;
    // The clock must not go on: it would keep the command alive, its work long done.
    const first = await Promise.race([readOnly, late]).finally(() => enough.abort());
    if (first === 'late') {
      readOnly.catch(() => undefined);
      throw new Error('commits under way do not end');
    }
    for (let quietForMs = 0, looks = 0; quietForMs < quietMs && looks < mostLooks; looks++) {
      const found = await endAll();
      ended += found;
      quietForMs = found > 0 ? 0 : quietForMs + lookEveryMs;
      await sleep(lookEveryMs);
    }
    return ended;
  } finally {
    session.close();
    other.close();
  }
}

async function endSessions(session: HostSession, ours: readonly number[]): Promise<number> {
  const found = await session.rows(clients, [ours]);
  for (const { id } of found) await session.change(`KILL ${Number(id)}`).catch(() => undefined);
  return found.length;
}

async function connectionId(session: HostSession): Promise<number> {
  return Number((await session.rows('SELECT CONNECTION_ID() AS id'))[0]?.id);
}
