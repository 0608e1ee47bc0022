/**
 * Which host is written, from what this process sees. Pure: every process that sees the same comes to the same.
 *
 * - The claim with the highest epoch that anybody remembers names the writer, as long as it is healthy.
 * - When it is not, the first healthy host in the listed order takes over, with the next epoch. Nobody falls back by itself.
 * - A host outside a Galera cluster whose own claim is older than the newest one has missed commits: it is never chosen,
 *   however willing. (In a cluster an old claim is only a moment's delay; a node that missed something is not in it.)
 */
import type { HostReport, WriterClaim } from './host-report.ts';

export interface HostView {
  name: string;
  /** May be written at all: listed in DATABASE_URL. */
  electable: boolean;
  health: 'unknown' | 'up' | 'down';
  report: HostReport | undefined;
  /** For a person: what is wrong with one that is not up. */
  says: string;
}

export type Choice =
  /** Write to it. */
  | { kind: 'use'; host: string }
  /** Move the claim to it first. */
  | { kind: 'claim'; host: string; over: WriterClaim | undefined }
  | { kind: 'none'; why: string };

export function chooseWriter(hosts: readonly HostView[], latest: WriterClaim | undefined, current?: string): Choice {
  const electable = hosts.filter((host) => host.electable);
  const [only] = electable;
  if (only && electable.length === 1) {
    return only.health === 'up' ? { kind: 'use', host: only.name } : none(hosts);
  }
  const fit = electable.filter((host) => isFit(host, latest));
  const well = fit.filter((host) => host.report?.writable === 'yes');
  const best = well[0] ?? fit[0];
  const holder = electable.find((host) => host.name === latest?.holder);
  if (holder) {
    if (fit.includes(holder) && (well.includes(holder) || well.length === 0)) return { kind: 'use', host: holder.name };
    if (holder.health === 'unknown') return { kind: 'none', why: `${holder.name} has not answered yet` };
  }
  // Whoever answers first must not decide: a claim, or a better host, may be behind the next answer.
  const unknown = hosts.find((host) => host.health === 'unknown');
  if (unknown) return { kind: 'none', why: `${unknown.name} has not answered yet` };
  const here = fit.find((host) => host.name === current) ?? best;
  if (!here) return none(hosts);
  // A holder nobody here has heard of is listed by others under another name; moving the claim to and fro helps nobody.
  if (latest && !holder) return { kind: 'use', host: here.name };
  if (latest) return best ? { kind: 'claim', host: best.name, over: latest } : none(hosts);
  return here.report?.remembers
    ? { kind: 'claim', host: here.name, over: undefined }
    : { kind: 'use', host: here.name };
}

function isFit({ health, report }: HostView, latest: WriterClaim | undefined): boolean {
  return health === 'up' && report !== undefined && report.writable !== 'no' && !isOutdated(report, latest);
}

/** It would take writes but lacks what was committed elsewhere since. */
export function isOutdated(report: HostReport, latest: WriterClaim | undefined): boolean {
  return latest !== undefined && !report.galera && (report.claim?.epoch ?? 0) < latest.epoch;
}

export function newestClaim(hosts: readonly HostView[], remembered: WriterClaim | undefined): WriterClaim | undefined {
  let newest = remembered;
  for (const { report } of hosts) {
    if (report?.claim && report.claim.epoch > (newest?.epoch ?? 0)) newest = report.claim;
  }
  return newest;
}

function none(hosts: readonly HostView[]): Choice {
  const each = hosts.map((host) => `${host.name}: ${host.health === 'up' ? host.report?.says : host.says}`);
  return { kind: 'none', why: each.join(', ') };
}
