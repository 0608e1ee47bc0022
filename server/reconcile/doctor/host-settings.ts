/** Settings of a database host that decide whether an acknowledged order can be lost, or how long a failover takes. */
import type { HostSettingCode } from '../../../contract/host-findings.ts';
import type { HostPicture } from '../../platform/db/hosts/inspect-host.ts';

export interface SettingRule {
  setting: string;
  applies(host: HostPicture): boolean;
  /** What it is and what it should be, when that is wrong. */
  wrong(host: HostPicture): Wrong | undefined;
  /** Says what is lost by it. */
  code: HostSettingCode;
}

interface Wrong {
  value: string | number;
  wanted: string | number;
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
  code: HostSettingCode,
  applies: SettingRule['applies'],
): SettingRule => ({
  setting,
  applies: (host) => host.variables.has(setting) && applies(host),
  wrong: ({ variables }) =>
    is.test(variables.get(setting) ?? '') ? undefined : { value: variables.get(setting) ?? '', wanted: value },
  code,
});

/** An option inside wsrep_provider_options. */
const option = (
  name: string,
  wrong: (options: ReadonlyMap<string, string>) => Wrong | undefined,
  code: HostSettingCode,
): SettingRule => ({
  setting: name,
  applies: isGalera,
  wrong: (host) => wrong(providerOptions(host)),
  code,
});

export const settingRules: readonly SettingRule[] = [
  should('innodb_flush_log_at_trx_commit', /^1$/, '1', 'host.flush-log', () => true),
  should('sync_binlog', /^1$/, '1', 'host.sync-binlog', (host) => logs(host) && !isReplica(host)),
  should('binlog_format', /^ROW$/i, 'ROW', 'host.binlog-format', (host) => logs(host) || isGalera(host)),
  should('innodb_doublewrite', /^(1|ON|DETECT_AND_RECOVER)$/i, 'ON', 'host.doublewrite', () => true),

  should('innodb_autoinc_lock_mode', /^2$/, '2', 'host.insert-locks', isGalera),
  should(
    'wsrep_sst_method',
    /^(mariabackup|xtrabackup-v2|clone)$/,
    'mariabackup (xtrabackup-v2 on PXC)',
    'host.joining',
    isGalera,
  ),
  option(
    'evs.keepalive_period',
    (options) => {
      const [keepalive, suspect] = [seconds(options, 'evs.keepalive_period'), seconds(options, 'evs.suspect_timeout')];
      if (keepalive === undefined || suspect === undefined || keepalive < suspect / 3) return undefined;
      return { value: keepalive, wanted: suspect };
    },
    'host.keepalive',
  ),
  option(
    'evs.suspect_timeout',
    (options) => {
      const suspect = seconds(options, 'evs.suspect_timeout');
      return suspect !== undefined && suspect > 2 ? { value: suspect, wanted: 2 } : undefined;
    },
    'host.slow-suspicion',
  ),
  option(
    'pc.recovery',
    (options) => (isTrue(options.get('pc.recovery')) ? undefined : { value: 'off', wanted: 'on' }),
    'host.no-recovery',
  ),
  option(
    'gcache.recover',
    (options) => (isTrue(options.get('gcache.recover')) ? undefined : { value: 'off', wanted: 'on' }),
    'host.whole-copies',
  ),
  option(
    'pc.ignore_quorum',
    (options) => (isTrue(options.get('pc.ignore_quorum')) ? { value: 'on', wanted: 'off' } : undefined),
    'host.no-quorum',
  ),
  option(
    'pc.ignore_sb',
    (options) => (isTrue(options.get('pc.ignore_sb')) ? { value: 'on', wanted: 'off' } : undefined),
    'host.no-quorum',
  ),

  should('rpl_semi_sync_master_enabled', /^ON$/, 'ON', 'host.not-waiting', isPrimary),
  should('rpl_semi_sync_source_enabled', /^ON$/, 'ON', 'host.not-waiting', isPrimary),
  should('rpl_semi_sync_master_wait_point', /^AFTER_SYNC$/, 'AFTER_SYNC', 'host.wait-point', isPrimary),
  should('rpl_semi_sync_source_wait_point', /^AFTER_SYNC$/, 'AFTER_SYNC', 'host.wait-point', isPrimary),
  ...['master', 'source'].map(
    (name): SettingRule => ({
      setting: `rpl_semi_sync_${name}_timeout`,
      applies: (host) => isPrimary(host) && host.variables.get(`rpl_semi_sync_${name}_enabled`) === 'ON',
      wrong: ({ variables }) => {
        const ms = Number(variables.get(`rpl_semi_sync_${name}_timeout`));
        return ms < longTimeoutMs ? { value: ms, wanted: 1_000_000_000 } : undefined;
      },
      code: 'host.short-wait',
    }),
  ),
  ...['master', 'source'].map(
    (name): SettingRule => ({
      setting: `Rpl_semi_sync_${name}_status`,
      applies: (host) => isPrimary(host) && host.variables.get(`rpl_semi_sync_${name}_enabled`) === 'ON',
      wrong: ({ status }) =>
        status.get(`rpl_semi_sync_${name}_status`) === 'OFF' ? { value: 'OFF', wanted: 'ON' } : undefined,
      code: 'host.gave-up-waiting',
    }),
  ),

  should('read_only', /^(ON|1)$/, 'ON', 'host.writable-replica', isReplica),
  should('log_slave_updates', /^(ON|1)$/, 'ON', 'host.no-updates-logged', isReplica),
  should('gtid_mode', /^ON$/, 'ON', 'host.no-gtid', (host) => isReplica(host) || isPrimary(host)),
  {
    setting: 'MASTER_USE_GTID',
    applies: (host) => isReplica(host) && /mariadb/i.test(host.version),
    wrong: ({ replication }) => (replication?.byGtid ? undefined : { value: 'no', wanted: 'slave_pos' }),
    code: 'host.no-place',
  },
  {
    setting: 'replication',
    applies: isReplica,
    wrong: ({ replication }) =>
      replication?.receives && replication.applies
        ? undefined
        : { value: replication?.trouble || 'it was stopped', wanted: 'runs' },
    code: 'host.not-replicating',
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
