/** The hosts of a replicated database, one by one: what each is, whether it keeps up, and what its settings put at risk. */
import { sleep } from '../../platform/clock.ts';
import { parseEndpoints } from '../../platform/db/hosts/endpoints.ts';
import { type HostPicture, inspectHosts, isSeen } from '../../platform/db/hosts/inspect-host.ts';
import type { HostStatus } from '../../platform/db/hosts/router-port.ts';
import { type Diagnosis, type DoctorDeps, finding } from './diagnosis.ts';
import { settingRules } from './host-settings.ts';

/** Measuring lag takes two heartbeats. */
const lagWithinMs = 1500;
const lookEveryMs = 50;
const lagOfReplicaMs = 10_000;

export async function checkHosts(deps: DoctorDeps): Promise<Diagnosis[]> {
  const { database, databaseUrl, databaseReaderUrls } = deps;
  if (database.dialect === 'sqlite' || databaseUrl === undefined) return [];
  const { writers, readers } = parseEndpoints(databaseUrl, databaseReaderUrls);
  const [sights, statuses] = await Promise.all([inspectHosts([...writers, ...readers]), settledStatuses(deps)]);
  const seen = sights.filter(isSeen);
  // A single server without replicas has been looked at already.
  if (sights.length === 1 && seen.every((one) => one.kind === 'alone')) return [];
  const found = sights.flatMap((sight) =>
    isSeen(sight)
      ? aboutHost(sight, statuses.get(sight.name))
      : [finding('host.silent', { host: sight.name, error: sight.failure.message })],
  );
  return [...found, ...aboutAll(seen, sights.length)];
}

async function settledStatuses({ database }: DoctorDeps): Promise<Map<string, HostStatus>> {
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const hosts = database.hosts();
    const known = hosts.every((host) => host.role === 'down' || host.lagMs !== undefined);
    if (known || waitedMs >= lagWithinMs) return new Map(hosts.map((host) => [host.name, host]));
    await sleep(lookEveryMs);
  }
}

function aboutHost(host: HostPicture, status: HostStatus | undefined): Diagnosis[] {
  const lagMs = status?.lagMs;
  const says = [
    status?.role === 'writer' ? 'the writer' : status?.role,
    host.kind === 'galera' ? `Galera node, ${host.report.says}` : `${host.kind}, ${host.report.says}`,
    host.replication && `follows ${host.replication.from}`,
    lagMs === undefined ? undefined : `${Math.round(lagMs)} ms behind`,
    host.version,
  ];
  const isBehind = lagMs !== undefined && lagMs > lagOfReplicaMs;
  const code = !host.report.readable ? 'host.unreadable' : isBehind ? 'host.behind' : 'host.fine';
  const wrong = settingRules
    .filter((rule) => rule.applies(host))
    .flatMap((rule) => {
      const what = rule.wrong(host);
      return what ? [finding(rule.code, { host: host.name, setting: rule.setting, ...what })] : [];
    });
  return [finding(code, { host: host.name, facts: says.filter(Boolean).join(', ') }), ...wrong, ...aboutRights(host)];
}

/** Who may write to a read-only server is not stopped when an old primary is fenced. */
function aboutRights({ name, kind, grants }: HostPicture): Diagnosis[] {
  if (kind === 'galera' || kind === 'alone') return [];
  const mayAll = grants.find(
    (one) => /ON \*\.\*/.test(one) && /\b(ALL PRIVILEGES|READ[_ ]ONLY ADMIN|SUPER|CONNECTION_ADMIN)\b/i.test(one),
  );
  if (!mayAll) return [];
  return [finding('host.rights', { host: name })];
}

function aboutAll(seen: readonly HostPicture[], listed: number): Diagnosis[] {
  const nodes = seen.filter((one) => one.kind === 'galera');
  const found: Diagnosis[] = [];
  const sizes = new Set(
    nodes.filter((one) => one.report.readable).map((one) => Number(one.status.get('wsrep_cluster_size'))),
  );
  for (const size of sizes) {
    if (size > nodes.length) {
      const addresses = nodes[0]?.status.get('wsrep_incoming_addresses') ?? '';
      found.push(finding('cluster.unlisted', { size, listed, addresses }));
    }
    if (size % 2 === 0) found.push(finding('cluster.even', { size }));
  }
  if (sizes.size > 1) found.push(finding('cluster.parts', {}));
  const writable = seen.filter((one) => one.kind !== 'galera' && one.report.writable === 'yes');
  if (seen.some((one) => one.kind === 'replica') && writable.length > 1)
    found.push(finding('cluster.two-writers', { names: writable.map((one) => one.name).join(' and ') }));
  return found;
}
