/**
 * Config -> Context: the only place where adapters are made and wired. Operations take the few things they need of it
 * (`Pick` by structure), so a test can hand them a smaller world.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Batchers, createBatchers } from './batchers.ts';
import { type Keyring, openKeyring } from './card/keyring.ts';
import { createLetterKeys, type LetterKeys } from './card/letter-key.ts';
import { createStockCache, type StockCache } from './card/stock.ts';
import { type CatalogueCache, createCatalogueCache } from './catalog/catalogue-cache.ts';
import type { Config, Role } from './config.ts';
import { createDegrade, type Degrade } from './degrade/degrade.ts';
import { openIntentBook } from './degrade/intent-book.ts';
import { createSharedIntents, type SharedIntents } from './degrade/shared-intents.ts';
import { migrationsFolder, version } from './paths.ts';
import type { VerifiedPayment } from './payment/channel.ts';
import type { ChannelBook } from './payment/channel-book.ts';
import { type ChannelKeyring, openChannelKeyring } from './payment/channel-keyring.ts';
import { openChannels } from './payment/channels/registry.ts';
import { orderIdOf } from './payment/payment.ts';
import type { SettleOutcome } from './payment/settle-payments.ts';
import type { AttemptOutcome, AttemptRequest } from './payment/start-payment.ts';
import { createLocks, type Locks } from './platform/cache/locks.ts';
import { noRedis, openRedis, type Redis } from './platform/cache/redis.ts';
import { armCheckpoint } from './platform/checkpoints.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Database } from './platform/db/database.ts';
import { createLaggingReads, type LaggingReads } from './platform/db/lagging-reads.ts';
import { openDatabase } from './platform/db/open-database.ts';
import { createFileIssueJournal } from './platform/journal/file-issue-journal.ts';
import { issuedHashes } from './platform/journal/find-in-journal.ts';
import type { IssueJournal } from './platform/journal/issue-journal.ts';
import { createJournalCopy, type JournalCopy } from './platform/journal/journal-copy.ts';
import { createNudges, type Nudges } from './platform/nudges.ts';
import { watchCache } from './platform/observe/cache-watch.ts';
import { databaseEvents } from './platform/observe/database-events.ts';
import { createLog, type Log } from './platform/observe/log.ts';
import { createMetrics, type Metrics } from './platform/observe/metrics.ts';
import type { ScanNote } from './reconcile/system/process-store.ts';
import { maxOpenOrders, type OpenOrders } from './risk/reservation.ts';

export interface Context extends Batchers {
  config: Config;
  roles: ReadonlySet<Role>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  database: Database;
  /** Answers, or answers `undefined`, within a moment: also in a shop that has none. */
  redis: Redis;
  /** Save work, never more. */
  locks: Locks;
  nudges: Nudges;
  catalogueCache: CatalogueCache;
  catalogueReads: LaggingReads;
  stock: StockCache;
  region: string;
  /** The card role's alone; undefined in every other process. */
  keyring: Keyring | undefined;
  letterKeys: LetterKeys;
  journal: IssueJournal;
  channels: ChannelBook;
  /** Only in processes that reach payment channels or edit their settings. */
  channelKeyring: ChannelKeyring | undefined;
  mailEnabled: boolean;
  settle(payment: VerifiedPayment): Promise<SettleOutcome>;
  openAttempt(request: AttemptRequest): Promise<AttemptOutcome>;
  /** The second place of the issue journal, where there is one. */
  journalCopy: JournalCopy | undefined;
  /** Of cards that were handed out: an import leaves them out. */
  issuedHashes(): Promise<ReadonlySet<string>>;
  degrade: Degrade;
  /** The second place of what degrade mode records. */
  sharedIntents: SharedIntents;
  /** Of the program, and where its migrations are. */
  version: string;
  migrationsFolder: string;
  /** What the scans of this process did last, by their names. */
  scanNotes: Map<string, ScanNote>;
  /** Set when this process has been told to stop: /readyz answers 503 and loops end. */
  stopping: AbortController;
  close(): Promise<void>;
}

/** Several times longer than any lock is waited for: what takes longer hangs. */
const statementLimitMs = 30_000;

export async function openContext(config: Config, roles: readonly Role[]): Promise<Context> {
  const clock = systemClock;
  const log = createLog(config.logLevel);
  const metrics = createMetrics();
  const database = openDatabase({
    url: config.databaseUrl,
    readerUrls: config.databaseReaderUrls,
    maxLagMs: config.readerMaxLagMs,
    clock,
    poolSize: config.databasePoolSize,
    // Commands read the whole shop and may take their time.
    ...(roles.length > 0 ? { statementLimitMs } : {}),
    sqliteThread: { entry: new URL('./sqlite-thread.ts', import.meta.url), crashAt: config.crashAt },
    // A command's output is read by programs; what becomes of hosts is for the log of a shop that serves.
    events: databaseEvents({ log: roles.length > 0 ? log : createLog('silent'), metrics }),
  });
  if (config.crashAt) armCheckpoint(config.crashAt.checkpoint, config.crashAt.nth);
  const { redisUrl: url, redisPrefix: prefix } = config;
  const redis = url ? openRedis({ url, prefix, clock, log, metrics }) : noRedis;
  const locks = createLocks({ redis, clock });
  const nudges = createNudges(redis);
  const catalogueReads = createLaggingReads(database, clock);
  nudges.listen('catalogue', catalogueReads.changed);
  const stock = createStockCache({
    database,
    clock,
    region: config.region,
    redis,
    watch: watchCache('stock', { log, metrics }),
  });
  const instance = `${hostname()}-${process.pid}`;
  const journalCopy = openJournalCopy(config, clock, log);
  const journal = createFileIssueJournal({ folder: journalFolder(config), instance, clock, copy: journalCopy });
  const sharedIntents = createSharedIntents({ redis, database, clock, log });
  const book = openIntentBook({
    copy: sharedIntents.add,
    folder: join(config.dataDir, 'intents'),
    instance,
    clock,
    maxWaiting: config.intentQueue,
    maxFrom: (one) => (config.limits ? maxOpenOrders[one.split(' ')[0] as keyof OpenOrders] : Number.POSITIVE_INFINITY),
  });
  const keyring = roles.includes('card') ? cardKeyring(config, clock) : undefined;
  const shared = {
    config,
    clock,
    database,
    redis,
    locks,
    nudges,
    stock,
    journal,
    region: config.region,
    mailEnabled: config.smtpUrl !== undefined,
  };
  const channelKeyring = roles.some((role) => rolesWithChannels.has(role)) ? channelKeys(config) : undefined;
  const channels = openChannels({ config, database, clock, nudges, log, metrics, keyring: channelKeyring });
  const batchers = createBatchers({ ...shared, limits: config.limits });
  return {
    ...shared,
    ...batchers,
    // Two processes with callbacks of one order: the second would wait for the first in the database, and its batch with it.
    settle: (payment) =>
      locks.during(`order ${orderIdOf(payment.outTradeNo)}`, () => batchers.settlements.submit(payment)),
    openAttempt: batchers.attempts.submit,
    roles: new Set(roles),
    log,
    metrics,
    keyring,
    letterKeys: createLetterKeys({ database, clock, keyring }),
    channels,
    channelKeyring,
    catalogueReads,
    catalogueCache: createCatalogueCache({ clock, nudges, redis, watch: watchCache('catalogue', { log, metrics }) }),
    journalCopy,
    issuedHashes: () => issuedHashes(journalFolder(config), journalCopy),
    degrade: createDegrade({ dataDir: config.dataDir, instance, database, redis, clock, log, metrics, book }),
    sharedIntents,
    version,
    migrationsFolder,
    scanNotes: new Map(),
    stopping: new AbortController(),
    async close() {
      channels.close();
      await Promise.all([batchers.orders.drained(), batchers.attempts.drained(), batchers.settlements.drained()]);
      await journal.close();
      await journalCopy?.close();
      await book.close();
      await redis.close();
      await database.close();
    },
  };
}

/** `order` has none of these keys: it leaves beginning a payment to the page's next call, which goes to `payment`. */
const rolesWithChannels: ReadonlySet<Role> = new Set(['payment', 'admin', 'worker']);

export function channelKeys(config: Config): ChannelKeyring {
  return openChannelKeyring({
    path: config.channelKeyFile,
    strict: config.environment === 'production',
    create: config.channelKeyFile === join(config.dataDir, 'channel.key'),
  });
}

function openJournalCopy(config: Config, clock: Clock, log: Log): JournalCopy | undefined {
  if (!config.journalUrl) return undefined;
  const database = openDatabase({ url: config.journalUrl, clock, poolSize: 2 });
  return createJournalCopy({ database, folder: journalFolder(config), clock, log });
}

export function journalFolder(config: Config): string {
  return join(config.dataDir, 'issue-journal');
}

/** The embedded default makes its key at the first start; a key file that somebody named must be there. */
export function cardKeyring(config: Config, clock: Clock): Keyring {
  return openKeyring({
    path: config.masterKeyFile,
    clock,
    strict: config.environment === 'production',
    create: config.masterKeyFile === join(config.dataDir, 'master.key'),
  });
}
