/** A listed host as this process knows it. */
import type { MysqlPool } from '../mysql-pool.ts';
import type { HostView } from './choose-writer.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import type { LagMeter } from './lag-meter.ts';
import type { HostStatus } from './router-port.ts';
import type { HostWatch } from './watch-host.ts';

export interface KnownHost extends HostView {
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

export function knownHosts({ writers, readers }: Endpoints): KnownHost[] {
  return [...writers, ...readers].map((endpoint) => ({
    name: endpoint.name,
    endpoint,
    electable: writers.includes(endpoint),
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
}

/** Near enough to the writer to be read in its place. */
export function keepsUp(host: KnownHost, lag: LagMeter, maxLagMs: number): boolean {
  if (host.health !== 'up' || !host.report?.readable) return false;
  const lagMs = lag.lagOf(host.report.beat);
  return lagMs !== undefined && lagMs <= maxLagMs;
}

export function statusOf(host: KnownHost, writer: KnownHost | undefined, lag: LagMeter, maxLagMs: number): HostStatus {
  const { name, says } = host;
  if (host.health !== 'up') return { name, role: 'down', says, lagMs: undefined };
  if (host === writer) return { name, role: 'writer', says, lagMs: 0 };
  return { name, role: keepsUp(host, lag, maxLagMs) ? 'reader' : 'standby', says, lagMs: lag.lagOf(host.report?.beat) };
}
