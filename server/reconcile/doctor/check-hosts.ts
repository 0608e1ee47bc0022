/** The hosts of a replicated database, one by one: what each is, whether it keeps up, and what its settings put at risk. */
import { sleep } from '../../platform/clock.ts';
import { parseEndpoints } from '../../platform/db/hosts/endpoints.ts';
import { type HostPicture, inspectHosts, isSeen } from '../../platform/db/hosts/inspect-host.ts';
import type { HostStatus } from '../../platform/db/hosts/router-port.ts';
import { bad, type Diagnosis, type DoctorDeps, ok, warn } from './diagnosis.ts';
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
      : [bad(`host ${sight.name}`, `does not answer (${sight.failure.message}): one failure less can be borne`)],
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
  const name = `host ${host.name}`;
  const lagMs = status?.lagMs;
  const says = [
    status?.role === 'writer' ? 'the writer' : status?.role,
    host.kind === 'galera' ? `Galera node, ${host.report.says}` : `${host.kind}, ${host.report.says}`,
    host.replication && `follows ${host.replication.from}`,
    lagMs === undefined ? undefined : `${Math.round(lagMs)} ms behind`,
    host.version,
  ];
  const line = says.filter(Boolean).join(', ');
  const level = !host.report.readable ? bad : lagMs !== undefined && lagMs > lagOfReplicaMs ? warn : ok;
  const wrong = settingRules
    .filter((rule) => rule.applies(host))
    .flatMap((rule) => {
      const what = rule.wrong(host);
      return what ? [(rule.bad ? bad : warn)(name, `${rule.setting} ${what}: ${rule.why}`)] : [];
    });
  return [level(name, line), ...wrong, ...aboutRights(name, host)];
}

/** Who may write to a read-only server is not stopped when an old primary is fenced. */
function aboutRights(name: string, { kind, grants }: HostPicture): Diagnosis[] {
  if (kind === 'galera' || kind === 'alone') return [];
  const mayAll = grants.find(
    (one) => /ON \*\.\*/.test(one) && /\b(ALL PRIVILEGES|READ[_ ]ONLY ADMIN|SUPER|CONNECTION_ADMIN)\b/i.test(one),
  );
  if (!mayAll) return [];
  return [warn(name, "the shop's user may write even to a read-only server: give it rights on its own database only")];
}

function aboutAll(seen: readonly HostPicture[], listed: number): Diagnosis[] {
  const name = 'cluster';
  const nodes = seen.filter((one) => one.kind === 'galera');
  const found: Diagnosis[] = [];
  const sizes = new Set(
    nodes.filter((one) => one.report.readable).map((one) => Number(one.status.get('wsrep_cluster_size'))),
  );
  for (const size of sizes) {
    if (size > nodes.length) {
      const addresses = nodes[0]?.status.get('wsrep_incoming_addresses');
      found.push(
        warn(name, `${size} nodes are together, but DATABASE_URL lists ${listed}: name them all (${addresses})`),
      );
    }
    if (size % 2 === 0)
      found.push(
        warn(
          name,
          `${size} nodes: when they part in halves, neither goes on; add a node or an arbitrator (garbd) elsewhere`,
        ),
      );
  }
  if (sizes.size > 1) found.push(bad(name, 'nodes disagree on how many they are: the cluster is in parts'));
  const writable = seen.filter((one) => one.kind !== 'galera' && one.report.writable === 'yes');
  if (seen.some((one) => one.kind === 'replica') && writable.length > 1)
    found.push(
      bad(name, `${writable.map((one) => one.name).join(' and ')} both take writes: make all but the newest read-only`),
    );
  return found;
}
