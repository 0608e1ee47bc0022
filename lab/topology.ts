/**
 * What the lab is made of, as plain data: three zones of three machines each, the processes on them, their ports, and where
 * buyers and operators find them. One machine more, the street, is outside of all zones: the payment networks and whoever
 * looks on. Everything else in lab/ is made from this.
 */
import type { Role } from '../server/config.ts';

export const zones = ['a', 'b', 'c'] as const;
export type Zone = (typeof zones)[number];

/** A zone's machines can be cut off one by one, or all together, when they still reach each other. */
export const machineKinds = ['app', 'db', 'cache'] as const;
export type MachineKind = (typeof machineKinds)[number];
export type MachineName = `${MachineKind}-${Zone}` | 'street';

export const processKinds = [
  'haproxy',
  'keepalived',
  'order',
  'card',
  'payment',
  'account',
  'admin',
  'worker',
  'database',
  'redis-1',
  'redis-2',
  'simulators',
  'prometheus',
] as const;
export type ProcessKind = (typeof processKinds)[number];
export type ProcessName = `${ProcessKind}-${Zone}` | 'simulators' | 'prometheus';

export interface ProcessPlace {
  readonly name: ProcessName;
  readonly kind: ProcessKind;
  readonly machine: MachineName;
  /** undefined: on the street. */
  readonly zone: Zone | undefined;
  readonly address: string;
  readonly ports: Readonly<Record<string, number>>;
}

export interface Topology {
  /** Whether machines are network namespaces: they can be cut off, and there is a virtual IP. Else all is on loopback addresses. */
  readonly namespaces: boolean;
  readonly addresses: Readonly<Record<MachineName, string>>;
  readonly processes: readonly ProcessPlace[];
  /** Without namespaces there is none that drifts: the address of zone a's proxy. */
  readonly virtualIp: string;
  /** Where buyers go: the proxy that holds the virtual IP. */
  readonly shopUrl: string;
  /** The same, of each zone's own proxy. */
  readonly zoneUrls: Readonly<Record<Zone, string>>;
  /** Of the shop's database on each node, for auditors. */
  readonly databaseUrls: Readonly<Record<Zone, string>>;
  /** All nodes, as the shop is told. */
  readonly databaseUrl: string;
  /** The writer and the readers as each zone's HAProxy finds them. */
  readonly writerProxyUrls: Readonly<Record<Zone, string>>;
  readonly readerProxyUrls: Readonly<Record<Zone, string>>;
  readonly redisUrl: string;
  /** kind of payment network -> its simulator; books at `<url>/_control/books`, the rest of its control API beside it. */
  readonly simulatorUrls: Readonly<Record<SimulatedKind, string>>;
  readonly prometheusUrl: string;
}

export const simulatedKinds = ['alipay', 'wechat', 'unionpay', 'stripe'] as const;
export type SimulatedKind = (typeof simulatedKinds)[number];
/** The code of the channel that is a simulator's customer. */
export const channelCode = (kind: SimulatedKind): string => `sim-${kind}`;

export const ports = {
  shop: 8080,
  stats: 8404,
  peers: 10_000,
  sqlWriter: 3307,
  sqlReaders: 3308,
  database: 3306,
  galera: 4567,
  stateTransfer: 4568,
  'redis-1': 6379,
  'redis-2': 6380,
  order: 8101,
  card: 8102,
  payment: 8103,
  account: 8104,
  admin: 8105,
  worker: 8106,
  prometheus: 9090,
  /** The first simulator; each takes the next one. */
  simulators: 18_400,
  interceptor: 13_306,
  interceptorControl: 13_307,
} as const;

/**
 * The user centre and the desk are in two zones: the shop sells without them. Everything else is in each. A small lab, for
 * tests in a hurry, has its roles in two zones, and those two in one.
 */
function zonesOf(kind: ProcessKind, small: boolean): readonly Zone[] {
  if (kind === 'account' || kind === 'admin') return small ? ['a'] : ['a', 'b'];
  return small && isRole(kind) ? ['a', 'b'] : zones;
}

export const shopRoles: readonly Role[] = ['order', 'card', 'payment', 'account', 'admin', 'worker'];
export const isRole = (kind: ProcessKind): kind is Role => (shopRoles as readonly string[]).includes(kind);

export const databaseName = 'cardwell';
export const databaseUser = 'cardwell';
export const databasePassword = 'cluster-of-tests';

export const machineNames: readonly MachineName[] = [
  ...zones.flatMap((zone) => machineKinds.map((kind): MachineName => `${kind}-${zone}`)),
  'street',
];

const machineOf = (kind: ProcessKind): MachineKind =>
  kind === 'database' ? 'db' : kind === 'redis-1' || kind === 'redis-2' ? 'cache' : 'app';

function portsOf(kind: ProcessKind): Record<string, number> {
  const { shop, stats, peers, sqlWriter, sqlReaders, database, galera, stateTransfer } = ports;
  if (kind === 'haproxy') return { shop, stats, peers, sqlWriter, sqlReaders };
  if (kind === 'database') return { database, galera, stateTransfer };
  if (kind === 'keepalived') return {};
  if (kind === 'simulators') return Object.fromEntries(simulatedKinds.map((name, i) => [name, ports.simulators + i]));
  return { [kind]: ports[kind] };
}

export function newTopology(options: {
  addresses: Readonly<Record<MachineName, string>>;
  namespaces: boolean;
  virtualIp: string;
  small?: boolean;
}): Topology {
  const { addresses, namespaces, virtualIp, small = false } = options;
  const place = (kind: ProcessKind, zone: Zone | undefined): ProcessPlace => {
    const machine: MachineName = zone ? `${machineOf(kind)}-${zone}` : 'street';
    const name = (zone ? `${kind}-${zone}` : kind) as ProcessName;
    return { name, kind, machine, zone, address: addresses[machine], ports: portsOf(kind) };
  };
  const outside: readonly ProcessKind[] = ['simulators', 'prometheus'];
  const inside = processKinds.filter((kind) => !outside.includes(kind) && (namespaces || kind !== 'keepalived'));
  const each = <T>(make: (zone: Zone) => T) =>
    Object.fromEntries(zones.map((zone) => [zone, make(zone)])) as Record<Zone, T>;
  const login = `${databaseUser}:${databasePassword}`;
  const sql = (hosts: string) => `mysql://${login}@${hosts}/${databaseName}`;
  return {
    namespaces,
    addresses,
    virtualIp,
    processes: [
      ...zones.flatMap((zone) =>
        inside.filter((kind) => zonesOf(kind, small).includes(zone)).map((kind) => place(kind, zone)),
      ),
      ...outside.map((kind) => place(kind, undefined)),
    ],
    shopUrl: `http://${virtualIp}:${ports.shop}`,
    zoneUrls: each((zone) => `http://${addresses[`app-${zone}`]}:${ports.shop}`),
    databaseUrls: each((zone) => sql(`${addresses[`db-${zone}`]}:${ports.database}`)),
    databaseUrl: sql(zones.map((zone) => `${addresses[`db-${zone}`]}:${ports.database}`).join(',')),
    writerProxyUrls: each((zone) => sql(`${addresses[`app-${zone}`]}:${ports.sqlWriter}`)),
    readerProxyUrls: each((zone) => sql(`${addresses[`app-${zone}`]}:${ports.sqlReaders}`)),
    redisUrl: zones
      .flatMap((zone) =>
        [ports['redis-1'], ports['redis-2']].map((port) => `redis://${addresses[`cache-${zone}`]}:${port}`),
      )
      .join(','),
    simulatorUrls: Object.fromEntries(
      simulatedKinds.map((kind, i) => [kind, `http://${addresses.street}:${ports.simulators + i}`]),
    ) as Record<SimulatedKind, string>,
    prometheusUrl: `http://${addresses.street}:${ports.prometheus}`,
  };
}
