/** All that is known of one drill when it is over, as it is written to JSON and drawn. */
import type { RequestKind } from '../workload/history.ts';

export interface Bilingual {
  zh: string;
  en: string;
}

export interface Mark {
  kind: 'fault' | 'heal' | 'took-over' | 'note';
  /** Milliseconds since 1970. */
  atMs: number;
  says: string;
}

export interface Bucket {
  /** Since the start of the workload; each is `bucketMs` long. */
  fromMs: number;
  /** Requests that began in it, by how they ended. */
  ok: number;
  recorded: number;
  no: number;
  fail: number;
  unknown: number;
  p50Ms: number;
  p99Ms: number;
}

export interface Measures {
  startedMs: number;
  durationMs: number;
  requests: number;
  failed: number;
  recorded: number;
  /** Orders answered with success, and per second over the run. */
  orders: number;
  ordersPerS: number;
  /** The longest time between two orders answered with success, from the first fault on. */
  longestGapMs: number;
  longestGapAtMs: number;
  /** The same over the calm before the fault: what this machine does without any. */
  calmGapMs: number;
  /** From the first fault to the end of the last tenth of a second that was not well; 0 when all was well. */
  recoveredAfterMs: number;
  p50Ms: number;
  p99Ms: number;
  calmP99Ms: number;
  slowestMs: number;
  /** Of all requests that deserved an answer, the share that got a good one. */
  availability: number;
  /** A month has this much time to fail at each target; of it this run has used so much (1 is all of it). */
  budgets: { target: number; budgetMs: number; used: number }[];
  failedByKind: Partial<Record<RequestKind, number>>;
  firstFailures: string[];
  buckets: Bucket[];
}

/** What a drill promises. What is not named is not judged. */
export interface Limits {
  failedRequests?: number;
  longestGapMs?: number;
  recoveredAfterMs?: number;
  /** Buyers who never got to the end. */
  leftBehind?: number;
}

export interface AuditFinding {
  id: string;
  says: string;
  ok: boolean;
  found: number;
  sample: string[];
}

export interface Judged {
  limit: keyof Limits;
  allowed: number;
  measured: number;
  ok: boolean;
}

export interface DrillRecord {
  drill: string;
  title: Bilingual;
  rehearses: Bilingual;
  rows: readonly string[];
  ok: boolean;
  seed: number;
  ordersPerS: number;
  /** Cores, and what this machine is: figures mean nothing without it. */
  machine: { cores: number; model: string; memoryMb: number; load: number };
  topology: Bilingual;
  command: string;
  startedAt: string;
  seconds: number;
  marks: Mark[];
  measures: Measures;
  judged: Judged[];
  audit: AuditFinding[];
  leftBehind: number;
  /** What the drill itself could not do, and other things a reader must know. */
  troubles: string[];
}
