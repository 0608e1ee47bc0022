/** Makes sure that a host that was the primary takes no more writes: read-only, and everybody off it. */
import { sleep } from '../../clock.ts';
import type { HostSession } from './host-session.ts';

/** Binlog dumps feed replicas and write nothing; the event scheduler and replication threads are the server's own. */
const clients = `SELECT id FROM information_schema.processlist
  WHERE id NOT IN (?) AND user NOT IN ('system user', 'event_scheduler')
  AND command NOT IN ('Binlog Dump', 'Binlog Dump GTID', 'Daemon', 'Slave_IO', 'Slave_SQL', 'Slave_worker')`;
const killEveryMs = 300;

/** @param open one more session to the same host. @returns how many sessions were ended */
export async function fenceHost(session: HostSession, open: () => Promise<HostSession>): Promise<number> {
  const other = await open();
  try {
    const ours = [await connectionId(session), await connectionId(other)];
    const done = new AbortController();
    // It waits for commits under way, and a semi-synchronous primary without replicas never ends them: so we end their sessions.
    const readOnly = session.change('SET GLOBAL read_only = 1').finally(() => done.abort());
    let ended = 0;
    const failed = readOnly.then(
      () => undefined,
      (error: Error) => error,
    );
    do {
      await sleep(killEveryMs, done.signal);
      const found = await other.rows(clients, [ours]);
      for (const { id } of found) await other.change(`KILL ${Number(id)}`).catch(() => undefined);
      ended += found.length;
    } while (!done.signal.aborted);
    const error = await failed;
    if (error) throw error;
    return ended;
  } finally {
    other.close();
  }
}

async function connectionId(session: HostSession): Promise<number> {
  return Number((await session.rows('SELECT CONNECTION_ID() AS id'))[0]?.id);
}
