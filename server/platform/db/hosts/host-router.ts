/**
 * Which host this process writes to, which it may read from, and the connections to them. It watches every listed host,
 * follows the claim that all processes share (choose-writer.ts), moves it when the writer is gone, and cuts off what is
 * under way on a host the moment it is not the writer any more. With one host there is nothing to choose.
 *
 * Nothing here is needed to be right: two processes that write to two hosts of a cluster are held apart by keys and
 * conditional updates, as two requests on one host are.
 */
import type { Clock } from '../../clock.ts';
import { classifyDbError } from '../errors.ts';
import { MysqlPool, type PooledConnection } from '../mysql-pool.ts';
import type { WriterPresence } from '../waiting-room.ts';
import { chooseWriter, type HostView, isOutdated, newestClaim } from './choose-writer.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import type { HostReport, WriterClaim } from './host-report.ts';
import { type HostSession, openSession } from './host-session.ts';
import { beatEveryMs, createLagMeter } from './lag-meter.ts';
import { type HostWatch, patientPace, type WatchPace, watchfulPace, watchHost } from './watch-host.ts';
import { beatOnce, claimWriter } from './writer-claim.ts';

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

interface Host extends HostView {
  endpoint: Endpoint;
  watch: HostWatch | undefined;
  failure: Error | undefined;
  /** When it was last heard, or found silent. */
  lookedAtMs: number;
  outdated: boolean;
  /** It was down and answers again: it counts once every other host has been looked at since. */
  backAtMs: number | undefined;
  readers: MysqlPool | undefined;
}

const claimWithinMs = 5000;
const beatWithinMs = 3000;
/** One process that alone cannot reach a host must not make all others move to and fro. */
const firstMovePauseMs = 500;
const maxMovePauseMs = 30_000;
const movesForgottenAfterMs = 60_000;

export class NoWriter extends Error {
  override readonly name = 'NoWriter';
  readonly code = 'NO_WRITER';
}

export function createHostRouter(options: RouterOptions): HostRouter {
  const { endpoints, clock, events = {} } = options;
  const all = [...endpoints.writers, ...endpoints.readers];
  const pace: WatchPace = all.length === 1 ? patientPace : watchfulPace;
  const hosts: Host[] = all.map((endpoint) => ({
    name: endpoint.name,
    endpoint,
    electable: endpoints.writers.includes(endpoint),
    health: 'unknown',
    report: undefined,
    says: 'not asked yet',
    watch: undefined,
    failure: undefined,
    lookedAtMs: Number.NEGATIVE_INFINITY,
    outdated: false,
    backAtMs: undefined,
    readers: undefined,
  }));
  const lag = createLagMeter(clock);
  let latest: WriterClaim | undefined;
  let latestSinceMs = Number.NEGATIVE_INFINITY;
  let current: { host: Host; pool: MysqlPool } | undefined;
  let before: string | undefined;
  let awaySinceMs = clock.monotonicMs();
  let whyAway = 'no host has answered yet';
  let claiming: { host: Host; session: HostSession | undefined } | undefined;
  let beating: { host: Host; session: Promise<HostSession>; busy: boolean } | undefined;
  const moves = { count: 0, lastMs: Number.NEGATIVE_INFINITY };
  const waiting: (() => void)[] = [];
  let nextReader = 0;
  let started = false;
  let closed = false;

  function start(): void {
    if (started || closed) return;
    started = true;
    awaySinceMs = clock.monotonicMs();
    for (const host of hosts) {
      host.watch = watchHost(host.endpoint, pace, {
        heard: (report) => heard(host, report),
        down: (error) => lost(host, error),
      });
    }
  }

  function heard(host: Host, report: HostReport): void {
    if (host.health !== 'up' || host.report?.says !== report.says) events.onHost?.(host.name, true, report.says);
    const nowMs = clock.monotonicMs();
    if (host.health === 'down' && !report.galera) host.backAtMs = nowMs;
    const health = host.backAtMs === undefined ? 'up' : 'unknown';
    Object.assign(host, { health, report, says: report.says, failure: undefined, lookedAtMs: nowMs });
    if (host === current?.host) {
      lag.sawAtWriter(report.beat);
      beat(host, report);
    }
    const lagMs = hosts.length > 1 && host !== current?.host ? lag.lagOf(report.beat) : undefined;
    if (lagMs !== undefined) events.onLag?.(host.name, lagMs);
    reconsider();
  }

  /**
   * A primary that was frozen wakes with the claim it knew, and would be believed until the next look at the one that has
   * replaced it: buyers would be told that their orders of the last seconds do not exist. So the others are asked first.
   */
  function admitReturned(): void {
    for (const host of hosts) {
      const { backAtMs } = host;
      if (backAtMs === undefined) continue;
      const older = hosts.filter((one) => one !== host && one.health === 'up' && one.lookedAtMs <= backAtMs);
      for (const one of older) one.watch?.hurry();
      if (older.length === 0) Object.assign(host, { health: 'up', backAtMs: undefined });
    }
  }

  function lost(host: Host, error: Error): void {
    const says = `down (${error.message || (error as { code?: string }).code})`;
    if (host.health !== 'down') events.onHost?.(host.name, false, says);
    Object.assign(host, { health: 'down', report: undefined, says, failure: error, lookedAtMs: clock.monotonicMs() });
    host.backAtMs = undefined;
    host.readers?.abandon(`${host.name} is down`);
    host.readers = undefined;
    if (claiming?.host === host) claiming.session?.close(`${host.name} is down`);
    reconsider();
  }

  function reconsider(): void {
    if (closed) return;
    admitReturned();
    const newest = newestClaim(hosts, latest);
    if (newest !== latest) latestSinceMs = clock.monotonicMs();
    latest = newest;
    for (const host of hosts) warnOfOutdated(host);
    const choice = chooseWriter(hosts, latest, current?.host.name);
    if (choice.kind === 'none') {
      drop(choice.why);
      return;
    }
    const host = hosts.find((one) => one.name === choice.host) as Host;
    if (choice.kind === 'use') {
      use(host);
      return;
    }
    if (choice.over && isNews(choice.over)) return;
    if (choice.over) drop(`${choice.over.holder} is not to be written; ${host.name} takes over`);
    else use(host);
    void claim(host, choice.over);
  }

  /** Who moved the claim there knows that host better than we, who have not looked at it since: no moving back before that. */
  function isNews({ holder }: WriterClaim): boolean {
    const host = hosts.find((one) => one.name === holder);
    if (!host || host.lookedAtMs > latestSinceMs) return false;
    host.watch?.hurry();
    return true;
  }

  function use(host: Host): void {
    if (current?.host === host) return;
    if (current) drop(`${host.name} is the writer now`);
    const pool = openPool(host);
    current = { host, pool };
    const awayMs = clock.monotonicMs() - awaySinceMs;
    events.onWriter?.({ host: host.name, epoch: latest?.epoch, before, awayMs });
    before = host.name;
    lag.sawAtWriter(host.report?.beat);
    wakeAll();
  }

  function drop(why: string): void {
    whyAway = why;
    if (!current) {
      if (hopeless()) wakeAll();
      return;
    }
    const { host, pool } = current;
    current = undefined;
    awaySinceMs = clock.monotonicMs();
    pool.abandon(`${host.name} is not the writer any more`);
    events.onWriterLost?.(host.name, why);
  }

  function openPool({ endpoint, report }: Host): MysqlPool {
    const { poolSize: size, statementLimitMs } = options;
    return new MysqlPool({ endpoint, size, clock, statementLimitMs, causal: report?.galera ?? false });
  }

  async function claim(host: Host, over: WriterClaim | undefined): Promise<void> {
    const nowMs = clock.monotonicMs();
    if (nowMs - moves.lastMs > movesForgottenAfterMs) moves.count = 0;
    const pauseMs = moves.count === 0 ? 0 : Math.min(maxMovePauseMs, firstMovePauseMs * 2 ** moves.count);
    if (claiming || nowMs - moves.lastMs < pauseMs) return;
    const mine = { host, session: undefined as HostSession | undefined };
    claiming = mine;
    try {
      mine.session = await openSession(host.endpoint, {
        connectWithinMs: pace.answerWithinMs,
        answerWithinMs: () => claimWithinMs,
      });
      const stands = await claimWriter(mine.session, host.name, over);
      if (host.report) host.report = { ...host.report, claim: stands };
      if (stands?.holder === host.name && over) Object.assign(moves, { count: moves.count + 1, lastMs: nowMs });
    } catch (error) {
      events.onTrouble?.(`${host.name} could not be made the writer`, error);
    } finally {
      mine.session?.close();
      claiming = undefined;
    }
    reconsider();
  }

  /** Every process that needs to know the lag sees to it that the number rises; whoever sees it stand still raises it. */
  function beat(host: Host, report: HostReport): void {
    if (hosts.length === 1 || !report.remembers || report.writable === 'no') return;
    const last = lag.lastChange();
    if (last && clock.monotonicMs() - last.atMs < beatEveryMs) return;
    if (beating?.host !== host) {
      beating?.session.then((session) => session.close()).catch(() => undefined);
      const session = openSession(host.endpoint, {
        connectWithinMs: pace.answerWithinMs,
        answerWithinMs: () => beatWithinMs,
      });
      beating = { host, session, busy: false };
    }
    const mine = beating;
    if (mine.busy) return;
    mine.busy = true;
    mine.session
      .then((session) => beatOnce(session, report.beat))
      .catch(() => {
        mine.session.then((session) => session.close()).catch(() => undefined);
        if (beating === mine) beating = undefined;
      })
      .finally(() => {
        mine.busy = false;
      });
  }

  function warnOfOutdated(host: Host): void {
    const { report } = host;
    const outdated = report !== undefined && report.writable === 'yes' && host.electable && isOutdated(report, latest);
    if (outdated && !host.outdated && hosts.length > 1)
      events.onOutdated?.(host.name, report.claim?.epoch ?? 0, latest?.epoch ?? 0);
    host.outdated = outdated;
  }

  /** Nobody lets us in, for a reason that waiting does not mend: a wrong password, a database that is not there. */
  function hopeless(): Error | undefined {
    const failures = hosts.filter((host) => host.electable).map((host) => host.failure);
    const final = failures.every((error) => error && classifyDbError(error, 'begin') === 'fatal');
    return final ? failures[0] : undefined;
  }

  function wakeAll(): void {
    for (const wake of waiting.splice(0)) wake();
  }

  function readerNow(): Host | undefined {
    const fit = hosts.filter((host) => {
      if (host.health !== 'up' || !host.report?.readable || host === current?.host) return false;
      const lagMs = lag.lagOf(host.report.beat);
      return lagMs !== undefined && lagMs <= options.maxLagMs;
    });
    return fit[nextReader++ % fit.length];
  }

  return {
    async acquireWriter() {
      start();
      if (current) return current.pool.acquire();
      throw hopeless() ?? new NoWriter(`no database host can be written: ${whyAway}`);
    },
    async acquireReader() {
      start();
      const host = readerNow();
      if (!host) {
        if (hosts.length > 1 && current) events.onLaggingRead?.(current.host.name);
        return this.acquireWriter();
      }
      events.onLaggingRead?.(host.name);
      host.readers ??= openPool(host);
      return host.readers.acquire();
    },
    awayMs() {
      if (!started || current) return 0;
      return clock.monotonicMs() - awaySinceMs;
    },
    untilThere(ms) {
      if (current || closed || hopeless()) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(resolve, Math.max(0, ms));
        waiting.push(() => {
          clearTimeout(late);
          resolve();
        });
      });
    },
    suspect() {
      if (current) for (const host of hosts) host.watch?.hurry();
    },
    hosts() {
      start();
      return hosts.map((host) => {
        const { name, says } = host;
        const lagMs = host === current?.host ? 0 : lag.lagOf(host.report?.beat);
        if (host.health !== 'up') return { name, role: 'down', says, lagMs: undefined };
        if (host === current?.host) return { name, role: 'writer', says, lagMs };
        const reads = host.report?.readable && lagMs !== undefined && lagMs <= options.maxLagMs;
        return { name, role: reads ? 'reader' : 'standby', says, lagMs };
      });
    },
    close() {
      closed = true;
      for (const host of hosts) {
        host.watch?.close();
        host.readers?.end();
      }
      claiming?.session?.close();
      beating?.session.then((session) => session.close()).catch(() => undefined);
      current?.pool.end();
      current = undefined;
      wakeAll();
    },
  };
}
