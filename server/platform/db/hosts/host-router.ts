import { classifyDbError } from '../errors.ts';
import { MysqlPool } from '../mysql-pool.ts';
import { chooseWriter, isOutdated, newestClaim } from './choose-writer.ts';
import { createClaimMover } from './claim-mover.ts';
import { createHeartbeat } from './heartbeat.ts';
import type { HostReport, WriterClaim } from './host-report.ts';
import { type KnownHost, keepsUp, knownHosts, statusOf } from './known-host.ts';
import { createLagMeter } from './lag-meter.ts';
import type { HostRouter, RouterOptions } from './router-port.ts';
import { patientPace, type WatchPace, watchfulPace, watchHost } from './watch-host.ts';

export class NoWriter extends Error {
  override readonly name = 'NoWriter';
  readonly code = 'NO_WRITER';
}

export function createHostRouter(options: RouterOptions): HostRouter {
  const { endpoints, clock, events = {} } = options;
  const hosts = knownHosts(endpoints);
  const pace: WatchPace = hosts.length === 1 ? patientPace : watchfulPace;
  const lag = createLagMeter(clock);
  let latest: WriterClaim | undefined;
  let latestSinceMs = Number.NEGATIVE_INFINITY;
  let current: { host: KnownHost; pool: MysqlPool } | undefined;
  let before: string | undefined;
  let awaySinceMs = clock.monotonicMs();
  let whyAway = 'no host has answered yet';
  const heartbeat = createHeartbeat(lag, clock);
  const mover = createClaimMover(clock);
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

  function heard(host: KnownHost, report: HostReport): void {
    if (host.health !== 'up' || host.report?.says !== report.says) events.onHost?.(host.name, true, report.says);
    const nowMs = clock.monotonicMs();
    if (host.health === 'down' && !report.galera) host.backAtMs = nowMs;
    const health = host.backAtMs === undefined ? 'up' : 'unknown';
    Object.assign(host, { health, report, says: report.says, failure: undefined, lookedAtMs: nowMs });
    if (host === current?.host && hosts.length > 1) heartbeat.saw(host.endpoint, report);
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

  function lost(host: KnownHost, error: Error): void {
    const says = `down (${error.message || (error as { code?: string }).code})`;
    if (host.health !== 'down') events.onHost?.(host.name, false, says);
    Object.assign(host, { health: 'down', report: undefined, says, failure: error, lookedAtMs: clock.monotonicMs() });
    host.backAtMs = undefined;
    host.readers?.abandon(`${host.name} is down`);
    host.readers = undefined;
    mover.giveUp(host.name);
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
    const host = hosts.find((one) => one.name === choice.host) as KnownHost;
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

  function use(host: KnownHost): void {
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

  function openPool({ endpoint, report }: KnownHost): MysqlPool {
    const { poolSize: size, statementLimitMs } = options;
    return new MysqlPool({ endpoint, size, clock, statementLimitMs, causal: report?.galera ?? false });
  }

  async function claim(host: KnownHost, over: WriterClaim | undefined): Promise<void> {
    try {
      const moved = await mover.move(host.endpoint, over);
      if (!moved) return;
      if (host.report) host.report = { ...host.report, claim: moved.stands };
      if ((moved.stands?.epoch ?? 0) > (over?.epoch ?? 0)) reconsider();
    } catch (error) {
      // The next look at any host decides again.
      events.onTrouble?.(`${host.name} could not be made the writer`, error);
    }
  }

  function warnOfOutdated(host: KnownHost): void {
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

  function readerNow(): KnownHost | undefined {
    const fit = hosts.filter((host) => host !== current?.host && keepsUp(host, lag, options.maxLagMs));
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
      return hosts.map((host) => statusOf(host, current?.host, lag, options.maxLagMs));
    },
    close() {
      closed = true;
      for (const host of hosts) {
        host.watch?.close();
        host.readers?.end();
      }
      mover.giveUp();
      heartbeat.close();
      current?.pool.end();
      current = undefined;
      wakeAll();
    },
  };
}
