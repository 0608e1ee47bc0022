/** The lab's topology as a site, so that all it runs with comes from the templates that are shipped. */
import type { Site } from '../deploy/site.ts';
import { galeraLibrary } from '../test/kit/cluster-template.ts';
import { transferMethod } from '../test/kit/galera-state-transfer.ts';
import { databaseName, ports, shopRoles, type Topology, zones } from './topology.ts';

/** Small enough for nine machines to be one. */
const sizes = { proxyThreads: 1, proxyConnections: 2000, databaseBufferMb: 24, databaseCacheMb: 24, redisMb: 32 };

export function siteOf(topology: Topology, runFolder: string): Site {
  const { addresses, namespaces, processes } = topology;
  const roles = Object.fromEntries(
    shopRoles.map((role) => [
      role,
      processes
        .filter(({ kind }) => kind === role)
        .map(({ zone, address }) => ({ zone: String(zone), address, port: ports[role] })),
    ]),
  ) as Site['roles'];
  return {
    zones: zones.map((name) => ({
      name,
      app: addresses[`app-${name}`],
      database: addresses[`db-${name}`],
      cache: addresses[`cache-${name}`],
      // The virtual IP is on a machine or it is not: a proxy that names it could not start without it.
      listen: namespaces ? '*' : addresses[`app-${name}`],
    })),
    // On loopback addresses nothing drifts, and keepalived does not run.
    virtualIp: namespaces ? topology.virtualIp : '127.255.255.254',
    prefix: 24,
    interface: 'eth0',
    scriptUser: 'root',
    virtualRouter: 51,
    clusterName: 'cardwell-lab',
    databaseName,
    ports: {
      shop: ports.shop,
      stats: ports.stats,
      peers: ports.peers,
      sqlWriter: ports.sqlWriter,
      sqlReaders: ports.sqlReaders,
      database: ports.database,
      galera: ports.galera,
      stateTransfer: ports.stateTransfer,
      prometheus: ports.prometheus,
    },
    redisPorts: [ports['redis-1'], ports['redis-2']],
    roles,
    prometheus: addresses.street,
    folders: { run: runFolder, galeraLibrary },
    sizes,
    stateTransferMethod: transferMethod,
  };
}
