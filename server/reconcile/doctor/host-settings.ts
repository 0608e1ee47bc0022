/** Settings of a database host that decide whether an acknowledged order can be lost, or how long a failover takes. */
import type { HostPicture } from '../../platform/db/hosts/inspect-host.ts';

export interface SettingRule {
  setting: string;
  applies(host: HostPicture): boolean;
  /** What is wrong with it, or undefined. */
  wrong(host: HostPicture): string | undefined;
  why: string;
  bad?: boolean;
}

const isGalera = (host: HostPicture) => host.kind === 'galera';
const isReplica = (host: HostPicture) => host.kind === 'replica';
const isPrimary = (host: HostPicture) => host.kind === 'primary';
const logs = (host: HostPicture) => /^(1|ON)$/i.test(host.variables.get('log_bin') ?? '');

/** A plain setting that should have a value; one the server does not know is fine. */
const should = (
  setting: string,
  is: RegExp,
  value: string,
  why: string,
  applies: SettingRule['applies'],
): SettingRule => ({
  setting,
  applies: (host) => host.variables.has(setting) && applies(host),
  wrong: ({ variables }) =>
    is.test(variables.get(setting) ?? '') ? undefined : `is ${variables.get(setting)}, should be ${value}`,
  why,
});

/** An option inside wsrep_provider_options. */
const option = (
  name: string,
  wrong: (options: ReadonlyMap<string, string>) => string | undefined,
  why: string,
  bad = false,
): SettingRule => ({
  setting: name,
  applies: isGalera,
  wrong: (host) => wrong(providerOptions(host)),
  why,
  bad,
});

export const settingRules: readonly SettingRule[] = [
  should('innodb_flush_log_at_trx_commit', /^1$/, '1', 'a power cut loses orders that were answered', () => true),
  should(
    'sync_binlog',
    /^1$/,
    '1',
    'a power cut loses commits that a replica needs',
    (host) => logs(host) && !isReplica(host),
  ),
  should(
    'binlog_format',
    /^ROW$/i,
    'ROW',
    'our statements are only safe to replicate as rows',
    (host) => logs(host) || isGalera(host),
  ),
  should('innodb_doublewrite', /^(1|ON|DETECT_AND_RECOVER)$/i, 'ON', 'a power cut can leave a torn page', () => true),

  should('innodb_autoinc_lock_mode', /^2$/, '2', 'nodes would wait for each other at every insert, or stop', isGalera),
  should(
    'wsrep_sst_method',
    /^(mariabackup|xtrabackup-v2|clone)$/,
    'mariabackup (xtrabackup-v2 on PXC)',
    'a node that feeds a joining one stands still meanwhile',
    isGalera,
  ),
  option(
    'evs.keepalive_period',
    (options) => {
      const [keepalive, suspect] = [seconds(options, 'evs.keepalive_period'), seconds(options, 'evs.suspect_timeout')];
      if (keepalive === undefined || suspect === undefined || keepalive < suspect / 3) return undefined;
      return `is ${keepalive} s, should be below a third of evs.suspect_timeout (${suspect} s)`;
    },
    'a node is suspected before it had a chance to say that it lives',
  ),
  option(
    'evs.suspect_timeout',
    (options) => {
      const suspect = seconds(options, 'evs.suspect_timeout');
      return suspect !== undefined && suspect > 2 ? `is ${suspect} s` : undefined;
    },
    'for so long nothing can be sold when a node dies; PT1.5S within one place, PT5S and more only between regions',
  ),
  option(
    'pc.recovery',
    (options) => (isTrue(options.get('pc.recovery')) ? undefined : 'is off'),
    'after a power cut of all nodes the cluster does not come back by itself',
  ),
  option(
    'gcache.recover',
    (options) => (isTrue(options.get('gcache.recover')) ? undefined : 'is off'),
    'after a restart of all, nodes need whole copies instead of what they missed',
  ),
  option(
    'pc.ignore_quorum',
    (options) => (isTrue(options.get('pc.ignore_quorum')) ? 'is on, must be off' : undefined),
    'parts of the cluster that cannot see each other both sell',
    true,
  ),
  option(
    'pc.ignore_sb',
    (options) => (isTrue(options.get('pc.ignore_sb')) ? 'is on, must be off' : undefined),
    'parts of the cluster that cannot see each other both sell',
    true,
  ),

  should(
    'rpl_semi_sync_master_enabled',
    /^ON$/,
    'ON',
    'commits are answered before any replica has them: a failover loses orders',
    isPrimary,
  ),
  should(
    'rpl_semi_sync_source_enabled',
    /^ON$/,
    'ON',
    'commits are answered before any replica has them: a failover loses orders',
    isPrimary,
  ),
  should(
    'rpl_semi_sync_master_wait_point',
    /^AFTER_SYNC$/,
    'AFTER_SYNC',
    'others see a commit that a failover can take back',
    isPrimary,
  ),
  should(
    'rpl_semi_sync_source_wait_point',
    /^AFTER_SYNC$/,
    'AFTER_SYNC',
    'others see a commit that a failover can take back',
    isPrimary,
  ),
  ...['master', 'source'].map(
    (name): SettingRule => ({
      setting: `rpl_semi_sync_${name}_timeout`,
      applies: (host) => isPrimary(host) && host.variables.get(`rpl_semi_sync_${name}_enabled`) === 'ON',
      wrong: ({ variables }) => {
        const ms = Number(variables.get(`rpl_semi_sync_${name}_timeout`));
        return ms < longTimeoutMs ? `is ${ms} ms, should be 1000000000` : undefined;
      },
      why: 'after that time it silently stops waiting for replicas, and a failover loses orders',
    }),
  ),
  ...['master', 'source'].map(
    (name): SettingRule => ({
      setting: `Rpl_semi_sync_${name}_status`,
      applies: (host) => isPrimary(host) && host.variables.get(`rpl_semi_sync_${name}_enabled`) === 'ON',
      wrong: ({ status }) => (status.get(`rpl_semi_sync_${name}_status`) === 'OFF' ? 'is OFF' : undefined),
      why: 'it has given up waiting for replicas: what is answered now, a failover loses',
      bad: true,
    }),
  ),

  should('read_only', /^(ON|1)$/, 'ON', 'whatever is written here stops its replication or is lost', isReplica),
  should('log_slave_updates', /^(ON|1)$/, 'ON', 'if it is promoted the other replicas cannot follow it', isReplica),
  should(
    'gtid_mode',
    /^ON$/,
    'ON',
    'without GTIDs nobody can tell which replica has most',
    (host) => isReplica(host) || isPrimary(host),
  ),
  {
    setting: 'MASTER_USE_GTID',
    applies: (host) => isReplica(host) && /mariadb/i.test(host.version),
    wrong: ({ replication }) => (replication?.byGtid ? undefined : 'is no, should be slave_pos'),
    why: 'after a promotion it cannot find its place at the new primary',
  },
  {
    setting: 'replication',
    applies: isReplica,
    wrong: ({ replication }) =>
      replication?.receives && replication.applies
        ? undefined
        : `does not run: ${replication?.trouble || 'it was stopped'}`,
    why: 'this replica has not what a failover would need',
    bad: true,
  },
];

const longTimeoutMs = 3_600_000;

function providerOptions({ variables }: HostPicture): ReadonlyMap<string, string> {
  const pairs = (variables.get('wsrep_provider_options') ?? '').split(';').map((one) => one.split('='));
  return new Map(pairs.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
}

/** An ISO duration as Galera prints it, in seconds. */
function seconds(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const found = /^PT(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/i.exec(options.get(name) ?? '');
  return found ? Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0) : undefined;
}

const isTrue = (text: string | undefined) => /^(true|yes|on|1)$/i.test(text ?? '');
