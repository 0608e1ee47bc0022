/** What the doctor finds at the hosts of a replicated database (findings.ts holds the rest). */
const [ok, warn, bad] = ['ok', 'warn', 'bad'] as const;
const host = { area: 'host' } as const;
const cluster = { area: 'cluster' } as const;

export const hostFindings = {
  'host.silent': { ...host, level: bad, says: 'does not answer ({error}): one failure less can be borne' },
  'host.fine': { ...host, level: ok, says: '{facts}' },
  'host.behind': { ...host, level: warn, says: '{facts}' },
  'host.unreadable': { ...host, level: bad, says: '{facts}' },
  'host.rights': {
    ...host,
    level: warn,
    says: "the shop's user may write even to a read-only server: give it rights on its own database only",
  },
  'cluster.unlisted': {
    ...cluster,
    level: warn,
    says: '{size} nodes are together, but DATABASE_URL lists {listed}: name them all ({addresses})',
  },
  'cluster.even': {
    ...cluster,
    level: warn,
    says: '{size} nodes: when they part in halves, neither goes on; add a node or an arbitrator (garbd) elsewhere',
  },
  'cluster.parts': {
    ...cluster,
    level: bad,
    says: 'nodes disagree on how many they are: the cluster is in parts',
  },
  'cluster.two-writers': {
    ...cluster,
    level: bad,
    says: '{names} both take writes: make all but the newest read-only',
  },
} as const;

/** Of a database host: a setting that decides whether an answered order can be lost, or how long a failover takes. */
export const hostSettingFindings = {
  'host.flush-log': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: a power cut loses orders that were answered',
  },
  'host.sync-binlog': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: a power cut loses commits that a replica needs',
  },
  'host.binlog-format': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: our statements are only safe to replicate as rows',
  },
  'host.doublewrite': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: a power cut can leave a torn page',
  },
  'host.insert-locks': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: nodes would wait for each other at every insert, or stop',
  },
  'host.joining': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: a node that feeds a joining one stands still meanwhile',
  },
  'host.keepalive': {
    ...host,
    level: warn,
    says: '{setting} is {value} s, should be below a third of evs.suspect_timeout ({wanted} s): a node is suspected before it had a chance to say that it lives',
  },
  'host.slow-suspicion': {
    ...host,
    level: warn,
    says: '{setting} is {value} s: for so long nothing can be sold when a node dies; PT1.5S within one place, PT5S and more only between regions',
  },
  'host.no-recovery': {
    ...host,
    level: warn,
    says: '{setting} is off: after a power cut of all nodes the cluster does not come back by itself',
  },
  'host.whole-copies': {
    ...host,
    level: warn,
    says: '{setting} is off: after a restart of all, nodes need whole copies instead of what they missed',
  },
  'host.no-quorum': {
    ...host,
    level: bad,
    says: '{setting} is on, must be off: parts of the cluster that cannot see each other both sell',
  },
  'host.not-waiting': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: commits are answered before any replica has them: a failover loses orders',
  },
  'host.wait-point': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: others see a commit that a failover can take back',
  },
  'host.short-wait': {
    ...host,
    level: warn,
    says: '{setting} is {value} ms, should be {wanted}: after that time it silently stops waiting for replicas, and a failover loses orders',
  },
  'host.gave-up-waiting': {
    ...host,
    level: bad,
    says: '{setting} is OFF: it has given up waiting for replicas: what is answered now, a failover loses',
  },
  'host.writable-replica': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: whatever is written here stops its replication or is lost',
  },
  'host.no-updates-logged': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: if it is promoted the other replicas cannot follow it',
  },
  'host.no-gtid': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: without GTIDs nobody can tell which replica has most',
  },
  'host.no-place': {
    ...host,
    level: warn,
    says: '{setting} is {value}, should be {wanted}: after a promotion it cannot find its place at the new primary',
  },
  'host.not-replicating': {
    ...host,
    level: bad,
    says: '{setting} does not run: {value}: this replica has not what a failover would need',
  },
} as const;
export type HostSettingCode = keyof typeof hostSettingFindings;
