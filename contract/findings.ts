/**
 * Everything the doctor can find, as data: where, how grave, and the English sentence of the command line.
 * A code never changes its meaning; the desk says each in both languages (web/admin/system/findings), and a test walks
 * them. What stands in braces comes with the finding, already as text.
 */
import { hostFindings, hostSettingFindings } from './host-findings.ts';

export interface FindingKind {
  /** What was looked at. Of a database host, its name is added. */
  area: string;
  /** `warn`: the shop works, but something should be seen to. `bad`: see to it now. */
  level: 'ok' | 'warn' | 'bad';
  says: string;
}

const [ok, warn, bad] = ['ok', 'warn', 'bad'] as const;
const dataDirectory = { area: 'data directory' } as const;
const keyFile = { area: 'card key file' } as const;
const disk = { area: 'disk space' } as const;
const durability = { area: 'durability' } as const;

const machine = {
  'data-directory.fine': { ...dataDirectory, level: ok, says: '{path}' },
  'data-directory.unwritable': { ...dataDirectory, level: bad, says: '{path} cannot be written by this user' },
  'data-directory.open': {
    ...dataDirectory,
    level: warn,
    says: '{path} can be written by others; run: chmod go-w {path}',
  },
  'key-file.fine': { ...keyFile, level: ok, says: '{path}, {keys} key(s), number {active} in use' },
  'key-file.missing': { ...keyFile, level: warn, says: '{problem}; the first start of the shop makes it' },
  'key-file.bad': { ...keyFile, level: bad, says: '{problem}' },
  'disk.fine': { ...disk, level: ok, says: '{free} GiB free, {used} % used' },
  'disk.low': { ...disk, level: warn, says: '{free} GiB free, {used} % used' },
  'disk.full': { ...disk, level: bad, says: '{free} GiB free, {used} % used: a full disk stops every sale' },
  'disk.unknown': { ...disk, level: warn, says: 'cannot be told' },
  'redis.fine': { area: 'Redis', level: ok, says: 'answers in {ms} ms' },
  'redis.slow': { area: 'Redis', level: warn, says: 'answers in {ms} ms: too slow to save anything' },
  'redis.silent': {
    area: 'Redis',
    level: warn,
    says: 'does not answer: the shop works without it, see docs/redis.md',
  },
  'redis.refuses-when-full': {
    area: 'Redis memory',
    level: warn,
    says: 'full, it refuses writes: set maxmemory-policy allkeys-lru (it is {policy}), so that old pages make room',
  },
} as const satisfies Record<string, FindingKind>;

const database = {
  'database.unusable': { area: 'database', level: bad, says: 'cannot be used: {error}' },
  'database.sqlite': { area: 'database', level: ok, says: 'SQLite {version}' },
  'database.mysql': { area: 'database', level: ok, says: 'MySQL protocol, version {version}' },
  'migrations.pending': { area: 'migrations', level: bad, says: 'to be applied: {list}; run: cardwell migrate' },
  'migrations.fine': { area: 'migrations', level: ok, says: 'all applied' },
  'integrity.fine': { area: 'integrity', level: ok, says: 'quick_check finds no damage' },
  'integrity.damaged': {
    area: 'integrity',
    level: bad,
    says: 'the file is damaged: {damage}; stop the shop and restore a backup',
  },
  'isolation.fine': { area: 'isolation', level: ok, says: '{isolation}' },
  'isolation.other': {
    area: 'isolation',
    level: warn,
    says: '{isolation}, should be READ-COMMITTED: a proxy may be changing our sessions',
  },
  'clock.fine': { area: 'clock', level: ok, says: '{ms} ms from the database server' },
  'clock.apart': {
    area: 'clock',
    level: warn,
    says: '{ms} ms from the database server: run a time service on both',
  },
  'time.fine': { area: 'time', level: ok, says: '{now}' },
  'time.set-back': {
    area: 'time',
    level: bad,
    says: 'the clock is {seconds} s behind the newest order: it has been set back',
  },
  'durability.sqlite': { ...durability, level: ok, says: 'journal_mode WAL, synchronous FULL' },
  'durability.not-wal': {
    ...durability,
    level: warn,
    says: 'journal_mode is {mode}, should be wal: readers wait for every write',
  },
  'durability.fine': { ...durability, level: ok, says: 'every acknowledged commit is on disk' },
  'durability.flush-log': {
    ...durability,
    level: warn,
    says: 'innodb_flush_log_at_trx_commit is {value}, should be 1: a power cut loses orders that were answered',
  },
  'durability.sync-binlog': {
    ...durability,
    level: warn,
    says: 'sync_binlog is {value}, should be 1: a power cut loses commits that a replica needs',
  },
  'durability.binlog-format': {
    ...durability,
    level: warn,
    says: 'binlog_format is {value}, should be ROW: our statements are only safe to replicate as rows',
  },
  'durability.doublewrite': {
    ...durability,
    level: warn,
    says: 'innodb_doublewrite is {value}, should be ON: a power cut can leave a torn page',
  },
} as const satisfies Record<string, FindingKind>;

const work = {
  'address.development': { area: 'address', level: ok, says: '{url} (development)' },
  'address.fine': { area: 'address', level: ok, says: '{url}' },
  'address.not-https': {
    area: 'address',
    level: warn,
    says: 'BASE_URL is {url}: buyers and payment channels need an https address',
  },
  'mail.none': { area: 'mail', level: ok, says: 'SMTP_URL is not set: buyers get no mails' },
  'mail.fine': { area: 'mail', level: ok, says: 'the mail server lets us in' },
  'mail.refused': { area: 'mail', level: warn, says: 'the mail server does not: {error}' },
  'cases.none': { area: 'review cases', level: ok, says: 'none open' },
  'cases.open': { area: 'review cases', level: warn, says: '{count} wait for a person' },
  'outbox.fine': { area: 'outbox', level: ok, says: 'nothing waits for more than ten minutes' },
  'outbox.stuck': { area: 'outbox', level: warn, says: '{count} messages wait, for example {id}: {error}' },
  'backup.never': { area: 'backup', level: warn, says: 'there has never been one; run: cardwell backup' },
  'backup.fine': { area: 'backup', level: ok, says: 'the last one is {days} days old, in {folder}' },
  'backup.old': { area: 'backup', level: warn, says: 'the last one is {days} days old, in {folder}' },
  'backup.useless': {
    area: 'backup',
    level: bad,
    says: '{name} would not bring the shop back: see its rehearsal',
  },
  'log.fine': { area: 'audit log', level: ok, says: 'checked up to entry {seq}' },
  'log.unchecked': { area: 'audit log', level: ok, says: 'not checked yet' },
  'log.changed': { area: 'audit log', level: bad, says: 'it was changed: {sample}; run: cardwell audit-log check' },
  'log.unchained': {
    area: 'audit log',
    level: warn,
    says: '{count} entries are not chained yet: no worker has run for a while',
  },
} as const satisfies Record<string, FindingKind>;

export const findingKinds = {
  ...machine,
  ...database,
  ...hostFindings,
  ...hostSettingFindings,
  ...work,
} as const satisfies Record<string, FindingKind>;
export type FindingCode = keyof typeof findingKinds;
export const findingCodes = Object.keys(findingKinds) as FindingCode[];

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type HostOf<C extends FindingCode> = (typeof findingKinds)[C]['area'] extends 'host' ? 'host' : never;
/** What a finding of this code comes with. */
export type FindingValues<C extends FindingCode> = Readonly<
  Record<NamesIn<(typeof findingKinds)[C]['says']> | HostOf<C>, string | number>
>;
