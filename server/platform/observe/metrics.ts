/** The metrics of this process; /metrics prints them for Prometheus. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  ordersPlaced: Counter<'outcome'>;
  paymentsSettled: Counter<'channel' | 'outcome'>;
  callbacks: Counter<'channel' | 'outcome'>;
  issueSeconds: Histogram;
  channelCalls: Counter<'channel' | 'operation' | 'outcome'>;
  channelSeconds: Histogram<'channel' | 'operation'>;
  channelBlocked: Gauge<'channel'>;
  databaseRetries: Counter<'operation' | 'class'>;
  databaseWriterSwitches: Counter;
  databaseHostUp: Gauge<'host'>;
  databaseLagSeconds: Gauge<'host'>;
  databaseLaggingReads: Counter<'host'>;
  databaseOutdatedWriters: Counter<'host'>;
  outboxSent: Counter<'topic' | 'outcome'>;
  scanFindings: Counter<'scan'>;
  scanSeconds: Histogram<'scan'>;
  scanFailures: Counter<'scan'>;
  outboxStuck: Gauge;
  journalMismatches: Counter;
  openReviewCases: Gauge;
  systemJobs: Counter<'kind' | 'outcome'>;
  backupMadeAt: Gauge;
  requestSeconds: Histogram<'route' | 'status'>;
  degradeMode: Gauge;
  intentsWaiting: Gauge;
  intentsReplayed: Counter<'kind' | 'outcome'>;
  redisUp: Gauge<'mode'>;
  redisFailures: Counter<'what'>;
  cacheLookups: Counter<'cache' | 'outcome'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    ordersPlaced: new Counter({
      name: 'cardwell_orders_total',
      help: 'Orders by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    paymentsSettled: new Counter({
      name: 'cardwell_payments_settled_total',
      help: 'Verified payments by what became of them',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    callbacks: new Counter({
      name: 'cardwell_callbacks_total',
      help: 'Callbacks received',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    issueSeconds: new Histogram({
      name: 'cardwell_issue_seconds',
      help: 'From a verified payment to its cards on record',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    channelCalls: new Counter({
      name: 'cardwell_channel_calls_total',
      help: 'Calls to payment channels by what came of them',
      labelNames: ['channel', 'operation', 'outcome'],
      registers,
    }),
    channelSeconds: new Histogram({
      name: 'cardwell_channel_seconds',
      help: 'How long payment channels take to answer',
      labelNames: ['channel', 'operation'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    channelBlocked: new Gauge({
      name: 'cardwell_channel_blocked',
      help: '1 while a payment channel is blocked, by itself or by a person',
      labelNames: ['channel'],
      registers,
    }),
    databaseRetries: new Counter({
      name: 'cardwell_database_retries_total',
      help: 'Transactions run again',
      labelNames: ['operation', 'class'],
      registers,
    }),
    databaseWriterSwitches: new Counter({
      name: 'cardwell_database_writer_switches_total',
      help: 'Times that this process lost its database writer and found one again',
      registers,
    }),
    databaseHostUp: new Gauge({
      name: 'cardwell_database_host_up',
      help: '1 while the database host answers',
      labelNames: ['host'],
      registers,
    }),
    databaseLagSeconds: new Gauge({
      name: 'cardwell_database_lag_seconds',
      help: 'How far the database host is behind the writer',
      labelNames: ['host'],
      registers,
    }),
    databaseLaggingReads: new Counter({
      name: 'cardwell_database_lagging_reads_total',
      help: 'Reads that may be a moment old, by the host they went to (only where there are several)',
      labelNames: ['host'],
      registers,
    }),
    databaseOutdatedWriters: new Counter({
      name: 'cardwell_database_outdated_writer_total',
      help: 'Times that a host offered to be written which had missed what was committed elsewhere (page somebody)',
      labelNames: ['host'],
      registers,
    }),
    outboxSent: new Counter({
      name: 'cardwell_outbox_total',
      help: 'Outbox messages by outcome',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    scanFindings: new Counter({
      name: 'cardwell_scan_findings_total',
      help: 'What the scans found and mended',
      labelNames: ['scan'],
      registers,
    }),
    scanSeconds: new Histogram({
      name: 'cardwell_scan_seconds',
      help: 'How long each scan ran',
      labelNames: ['scan'],
      buckets: [0.01, 0.1, 1, 10, 60],
      registers,
    }),
    scanFailures: new Counter({
      name: 'cardwell_scan_failures_total',
      help: 'Scans that ended in an error',
      labelNames: ['scan'],
      registers,
    }),
    outboxStuck: new Gauge({
      name: 'cardwell_outbox_stuck',
      help: 'Outbox messages older than ten minutes',
      registers,
    }),
    journalMismatches: new Counter({
      name: 'cardwell_journal_mismatch_total',
      help: 'Cards that the issue journal knows as issued and the database does not (page somebody)',
      registers,
    }),
    openReviewCases: new Gauge({ name: 'cardwell_review_cases_open', help: 'Cases that wait for a person', registers }),
    degradeMode: new Gauge({
      name: 'cardwell_degrade_mode',
      help: '0 normal, 1 degraded (orders are recorded), 2 replaying',
      registers,
    }),
    intentsWaiting: new Gauge({
      name: 'cardwell_intents_waiting',
      help: 'Orders and callbacks recorded and not yet replayed',
      registers,
    }),
    intentsReplayed: new Counter({
      name: 'cardwell_intents_replayed_total',
      help: 'Recorded orders and callbacks by what became of them',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    systemJobs: new Counter({
      name: 'cardwell_system_jobs_total',
      help: 'Backups, rehearsals, audits and scans on request, by outcome (done, failed, or bad: an audit or a rehearsal that found something)',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    backupMadeAt: new Gauge({
      name: 'cardwell_backup_made_seconds',
      help: 'When the last backup was made, in Unix time, told by the worker that makes them; 0 when there is none',
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'cardwell_request_seconds',
      help: 'HTTP requests',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
      registers,
    }),
    redisUp: new Gauge({
      name: 'cardwell_redis_up',
      help: '1 while Redis is asked, 0 while the shop goes on without it (absent when there is none)',
      labelNames: ['mode'],
      registers,
    }),
    redisFailures: new Counter({
      name: 'cardwell_redis_failures_total',
      help: 'Questions to Redis that got no answer in time, by purpose',
      labelNames: ['what'],
      registers,
    }),
    cacheLookups: new Counter({
      name: 'cardwell_cache_total',
      help: 'Lookups beyond the memory of this process: answered by Redis (shared), the database (loaded), or with the last known value (stale)',
      labelNames: ['cache', 'outcome'],
      registers,
    }),
  };
}
