/**
 * Environment -> Config. The only file that reads process.env; docs/configuration.md lists the same names.
 * Everything is checked at start: a wrong value ends the process with one clear sentence, not a surprise later.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRedisAddress } from './platform/cache/redis-address.ts';
import { type Checkpoint, checkpoints } from './platform/checkpoints.ts';
import { EndpointError, parseEndpoints } from './platform/db/hosts/endpoints.ts';
import { everythingAllowed, type OutsideRule, readOutsideRule } from './platform/outside-address.ts';

export const roles = ['order', 'card', 'payment', 'account', 'admin', 'worker'] as const;
export type Role = (typeof roles)[number];

export interface Config {
  environment: 'production' | 'development';
  host: string;
  port: number;
  /** Where buyers reach the shop; links in mails and callback addresses begin with it. No trailing slash. */
  baseUrl: string;
  dataDir: string;
  /** Two characters; the first two of every order number. */
  region: string;
  databaseUrl: string;
  /** Replicas, separated by commas; empty for none. */
  databaseReaderUrls: string;
  readerMaxLagMs: number;
  /** `user:password` of somebody who may promote hosts, and of the replicas' own user; for commands alone. */
  databaseAdmin: string | undefined;
  databaseReplication: string | undefined;
  databasePoolSize: number;
  redisUrl: string | undefined;
  /** Begins every key and channel in Redis. */
  redisPrefix: string;
  masterKeyFile: string;
  /** What the settings of payment channels are sealed with. */
  channelKeyFile: string;
  sandboxSecret: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Where notifications and webhooks may be sent. */
  outsideRule: OutsideRule;
  logLevel: string;
  limits: boolean;
  /** How many calls one transaction may carry; 1 turns group commit off (for measuring). */
  batchSize: number;
  /** Proxies in front whose X-Forwarded-For is believed. */
  trustProxy: boolean | string;
  /** Load the sample catalogue into an empty shop. */
  sampleData: boolean;
  /** A second place for the issue journal: a MySQL database of its own. */
  journalUrl: string | undefined;
  /** Orders that may wait on disk while the database is away. */
  intentQueue: number;
  /** An order that has waited for longer, and that nobody asks for any more, is refused instead of placed. */
  intentMaxAgeMs: number;
  /** A process that is silent for longer loses its leases: others take over what it did. */
  leaseMs: number;
  /** How long a stopping process goes on serving after /readyz has said 503. */
  drainMs: number;
  /** Where the worker puts backups, and where it puts a second copy. */
  backupDir: string;
  backupCopyDir: string | undefined;
  /** Back up before migrations are applied to a shop that has something to lose. */
  upgradeBackup: boolean;
  crashAt: { checkpoint: Checkpoint; nth: number } | undefined;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const environment = oneOf(env, 'CARDWELL_ENV', ['production', 'development'], 'development');
  const port = integer(env, 'PORT', 8080, 0, 65535);
  const dataDir = resolve(env.CARDWELL_DATA_DIR || './data');
  const limits = oneOf(env, 'CARDWELL_LIMITS', ['on', 'off'], 'on') === 'on';
  if (!limits && environment === 'production') throw new ConfigError('CARDWELL_LIMITS=off is refused in production');
  const databaseUrl = env.DATABASE_URL || `sqlite:${join(dataDir, 'cardwell.db')}`;
  if (!/^(sqlite:|mysql:\/\/|mariadb:\/\/)/.test(databaseUrl)) {
    throw new ConfigError('DATABASE_URL must begin with sqlite: or mysql://');
  }
  return {
    environment,
    host: env.HOST || '0.0.0.0',
    port,
    baseUrl: baseUrl(env, port),
    dataDir,
    region: pattern(env, 'CARDWELL_REGION', 'A0', /^[0-9A-Z]{2}$/, 'two characters of 0-9 A-Z'),
    databaseUrl,
    databaseReaderUrls: databaseReaderUrls(env, databaseUrl),
    readerMaxLagMs: integer(env, 'CARDWELL_READER_MAX_LAG_MS', 2000, 100, 600_000),
    databaseAdmin: env.CARDWELL_DATABASE_ADMIN || undefined,
    databaseReplication: env.CARDWELL_DATABASE_REPLICATION || undefined,
    databasePoolSize: integer(env, 'CARDWELL_DATABASE_POOL', 12, 2, 200),
    redisUrl: redisUrl(env),
    redisPrefix: pattern(env, 'CARDWELL_REDIS_PREFIX', 'cardwell', /^[\w-]{1,40}$/, 'up to 40 letters, digits, - or _'),
    masterKeyFile: resolve(env.CARDWELL_MASTER_KEY_FILE || join(dataDir, 'master.key')),
    channelKeyFile: resolve(env.CARDWELL_CHANNEL_KEY_FILE || join(dataDir, 'channel.key')),
    sandboxSecret: sandboxSecret(env, environment, dataDir),
    smtpUrl: env.SMTP_URL || undefined,
    mailFrom: env.CARDWELL_MAIL_FROM || 'Cardwell <shop@localhost>',
    outsideRule: outsideRule(env, environment),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    limits,
    batchSize: integer(env, 'CARDWELL_BATCH_SIZE', 128, 1, 1000),
    trustProxy: trustProxy(env),
    sampleData: oneOf(env, 'CARDWELL_SAMPLE_DATA', ['on', 'off'], environment === 'production' ? 'off' : 'on') === 'on',
    journalUrl: journalUrl(env, databaseUrl),
    intentQueue: integer(env, 'CARDWELL_INTENT_QUEUE', 10_000, 1, 1_000_000),
    intentMaxAgeMs: integer(env, 'CARDWELL_INTENT_MAX_AGE_MINUTES', 30, 1, 1440) * 60_000,
    leaseMs: integer(env, 'CARDWELL_LEASE_MS', 10_000, 500, 120_000),
    drainMs: integer(env, 'CARDWELL_DRAIN_MS', 0, 0, 15_000),
    backupDir: resolve(env.CARDWELL_BACKUP_DIR || join(dataDir, 'backups')),
    backupCopyDir: env.CARDWELL_BACKUP_COPY_DIR ? resolve(env.CARDWELL_BACKUP_COPY_DIR) : undefined,
    upgradeBackup: oneOf(env, 'CARDWELL_UPGRADE_BACKUP', ['on', 'off'], 'on') === 'on',
    crashAt: crashAt(env, environment),
  };
}

/** Looks at every host of both lists, so that a misspelt one is heard of now and not in the night of the first failover. */
function databaseReaderUrls(env: NodeJS.ProcessEnv, databaseUrl: string): string {
  const readers = env.DATABASE_READER_URLS ?? '';
  if (databaseUrl.startsWith('sqlite:')) {
    if (readers) throw new ConfigError('DATABASE_READER_URLS is set, but a database in a file has no replicas');
    return '';
  }
  try {
    parseEndpoints(databaseUrl, readers);
  } catch (error) {
    if (error instanceof EndpointError) throw new ConfigError(error.message);
    throw error;
  }
  return readers;
}

/** Roles named on the command line; none means all. */
export function readRoles(names: readonly string[]): Role[] {
  for (const name of names) {
    if (!roles.includes(name as Role))
      throw new ConfigError(`no role is called "${name}"; there are ${roles.join(', ')}`);
  }
  return names.length === 0 ? [...roles] : roles.filter((role) => names.includes(role));
}

/**
 * The sandbox moves no money, so a shop that takes some must not have it. In development its secret makes itself
 * and is kept beside the database, so a payment started before a restart can still be called back after it.
 */
function sandboxSecret(env: NodeJS.ProcessEnv, environment: string, dataDir: string): string | undefined {
  const given = env.CARDWELL_SANDBOX_SECRET;
  if (environment === 'production') {
    if (given)
      throw new ConfigError('CARDWELL_SANDBOX_SECRET is set, but the sandbox channel refuses to start in production');
    return undefined;
  }
  if (given) {
    if (given.length < 8) throw new ConfigError('CARDWELL_SANDBOX_SECRET must have at least 8 characters');
    return given;
  }
  const file = join(dataDir, 'sandbox.secret');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

function redisUrl(env: NodeJS.ProcessEnv): string | undefined {
  if (!env.REDIS_URL) return undefined;
  try {
    readRedisAddress(env.REDIS_URL);
  } catch (error) {
    throw new ConfigError(`REDIS_URL: ${(error as Error).message}`);
  }
  return env.REDIS_URL;
}

function journalUrl(env: NodeJS.ProcessEnv, databaseUrl: string): string | undefined {
  const url = env.CARDWELL_JOURNAL_URL || undefined;
  if (url && !/^(mysql|mariadb):\/\//.test(url)) throw new ConfigError('CARDWELL_JOURNAL_URL must begin with mysql://');
  if (url && url === databaseUrl) {
    throw new ConfigError(
      'CARDWELL_JOURNAL_URL is the database itself: what that loses, the journal would lose with it',
    );
  }
  return url;
}

function baseUrl(env: NodeJS.ProcessEnv, port: number): string {
  const text = env.BASE_URL || `http://localhost:${port}`;
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new ConfigError('BASE_URL must be an http or https address');
  return text.replace(/\/+$/, '');
}

/** Trying out, the other side is a program on the same machine. */
function outsideRule(env: NodeJS.ProcessEnv, environment: string): OutsideRule {
  const text = env.CARDWELL_INSIDE_TARGETS;
  if (text === undefined && environment === 'development') return everythingAllowed;
  try {
    return readOutsideRule(text ?? '');
  } catch (error) {
    throw new ConfigError(`CARDWELL_INSIDE_TARGETS: ${(error as Error).message}`);
  }
}

function trustProxy(env: NodeJS.ProcessEnv): boolean | string {
  const text = env.CARDWELL_TRUST_PROXY ?? '';
  if (text === '' || text === 'off') return false;
  return text === 'on' ? true : text;
}

function crashAt(env: NodeJS.ProcessEnv, environment: string): Config['crashAt'] {
  const text = env.CARDWELL_CRASH_AT;
  if (!text) return undefined;
  if (environment === 'production') throw new ConfigError('CARDWELL_CRASH_AT is refused in production');
  const [name, nth = '1'] = text.split(':');
  if (!checkpoints.includes(name as Checkpoint)) throw new ConfigError(`CARDWELL_CRASH_AT: no checkpoint "${name}"`);
  return { checkpoint: name as Checkpoint, nth: Number(nth) };
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max} (it is "${text}")`);
  }
  return value;
}

function oneOf<T extends string>(env: NodeJS.ProcessEnv, name: string, values: readonly T[], fallback: T): T {
  const text = env[name] || fallback;
  if (!values.includes(text as T))
    throw new ConfigError(`${name} must be one of ${values.join(', ')} (it is "${text}")`);
  return text as T;
}

function pattern(env: NodeJS.ProcessEnv, name: string, fallback: string, shape: RegExp, says: string): string {
  const text = env[name] || fallback;
  if (!shape.test(text)) throw new ConfigError(`${name} must be ${says} (it is "${text}")`);
  return text;
}
