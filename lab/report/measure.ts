/** Figures of a run, from the requests alone: as buyers saw it, and from outside. */
import { isFailure, type RequestKind, type RequestRecord } from '../workload/history.ts';
import type { Bucket, Judged, Limits, Measures } from './drill-record.ts';

export const bucketMs = 100;
const monthMs = 30 * 24 * 3600 * 1000;
const targets = [0.999, 0.9999, 0.99999];
/** A tenth of a second in which half of the requests waited longer is not a well one. */
const wellWithinMs = 1000;

export interface Span {
  startedMs: number;
  endedMs: number;
  /** The first fault; without one nothing is told from the calm. */
  faultMs: number | undefined;
}

export function measure(all: readonly RequestRecord[], { startedMs, endedMs, faultMs }: Span): Measures {
  const requests = all.filter(({ startMs }) => startMs >= startedMs && startMs <= endedMs);
  const valid = requests.filter(({ outcome }) => outcome !== 'no');
  const failures = requests.filter(isFailure);
  const durationMs = endedMs - startedMs;
  const orders = requests.filter(({ kind, outcome }) => kind === 'place' && outcome === 'ok');
  const calmUntilMs = faultMs ?? endedMs;
  const calm = longestGap(orders, startedMs, calmUntilMs);
  const gap = faultMs === undefined ? calm : longestGap(orders, faultMs, endedMs);
  const latencies = sorted(requests.map(took));
  const calmLatencies = sorted(requests.filter(({ endMs }) => endMs < calmUntilMs).map(took));
  const buckets = bucketsOf(requests, startedMs, durationMs);
  const availability = valid.length === 0 ? 1 : (valid.length - failures.length) / valid.length;
  return {
    startedMs,
    durationMs,
    requests: requests.length,
    failed: failures.length,
    recorded: requests.filter(({ outcome }) => outcome === 'recorded').length,
    orders: orders.length,
    ordersPerS: orders.length / (durationMs / 1000),
    longestGapMs: Math.round(gap.lengthMs),
    longestGapAtMs: Math.round(gap.atMs - startedMs),
    calmGapMs: Math.round(calm.lengthMs),
    recoveredAfterMs: faultMs === undefined ? 0 : recoveredAfter(buckets, faultMs - startedMs, gap, startedMs),
    p50Ms: share(latencies, 0.5),
    p99Ms: share(latencies, 0.99),
    calmP99Ms: share(calmLatencies, 0.99),
    slowestMs: Math.round(latencies.at(-1) ?? 0),
    availability,
    budgets: targets.map((target) => {
      const budgetMs = monthMs * (1 - target);
      return { target, budgetMs, used: ((1 - availability) * durationMs) / budgetMs };
    }),
    failedByKind: countByKind(failures),
    firstFailures: oneOfEach(failures),
    buckets,
  };
}

const took = ({ startMs, endMs }: RequestRecord): number => endMs - startMs;
const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
const share = (ordered: readonly number[], part: number): number =>
  Math.round((ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0) * 10) / 10;

/** Between two good answers; the time before the first and after the last counts too. */
function longestGap(orders: readonly RequestRecord[], fromMs: number, toMs: number) {
  const ends = sorted(orders.map(({ endMs }) => endMs).filter((at) => at >= fromMs && at <= toMs));
  let longest = { lengthMs: 0, atMs: fromMs };
  let lastMs = fromMs;
  for (const at of [...ends, toMs]) {
    if (at - lastMs > longest.lengthMs) longest = { lengthMs: at - lastMs, atMs: lastMs };
    lastMs = at;
  }
  return longest;
}

function bucketsOf(requests: readonly RequestRecord[], startedMs: number, durationMs: number): Bucket[] {
  const groups: RequestRecord[][] = Array.from({ length: Math.ceil(durationMs / bucketMs) }, () => []);
  for (const one of requests) groups[Math.floor((one.startMs - startedMs) / bucketMs)]?.push(one);
  return groups.map((group, i) => {
    const counted = { ok: 0, recorded: 0, no: 0, fail: 0, unknown: 0 };
    for (const { outcome } of group) counted[outcome]++;
    const latencies = sorted(group.map(took));
    return { fromMs: i * bucketMs, ...counted, p50Ms: share(latencies, 0.5), p99Ms: share(latencies, 0.99) };
  });
}

/** The last moment that was not well: a failed request, half of the requests slow, or the end of the longest silence. */
function recoveredAfter(
  buckets: readonly Bucket[],
  faultMs: number,
  gap: { lengthMs: number; atMs: number },
  startedMs: number,
): number {
  const ill = buckets.findLast(
    ({ fromMs, fail, unknown, p50Ms }) => fromMs + bucketMs > faultMs && (fail + unknown > 0 || p50Ms > wellWithinMs),
  );
  const silenceEndMs = gap.lengthMs > wellWithinMs ? gap.atMs + gap.lengthMs - startedMs : 0;
  // A request that began in an ill moment ended later: the buyer was well only then.
  const illEndMs = ill ? ill.fromMs + bucketMs : 0;
  return Math.max(0, Math.round(Math.max(illEndMs, silenceEndMs) - faultMs));
}

function countByKind(failures: readonly RequestRecord[]): Partial<Record<RequestKind, number>> {
  const counts: Partial<Record<RequestKind, number>> = {};
  for (const { kind } of failures) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The first of each sort, and not three times the same. */
function oneOfEach(failures: readonly RequestRecord[]): string[] {
  const sorts = new Map<string, string>();
  for (const { kind, outcome, status, says } of failures) {
    const sort = `${kind} ${outcome} ${status ?? says?.slice(0, 30)}`;
    if (!sorts.has(sort)) sorts.set(sort, `${kind}: ${status ? `${status} ` : ''}${says ?? outcome}`);
  }
  return [...sorts.values()].slice(0, 8);
}

export function judge(measures: Measures, leftBehind: number, limits: Limits): Judged[] {
  const measured: Record<keyof Limits, number> = {
    failedRequests: measures.failed,
    longestGapMs: measures.longestGapMs,
    recoveredAfterMs: measures.recoveredAfterMs,
    leftBehind,
  };
  return (Object.keys(measured) as (keyof Limits)[]).flatMap((limit) => {
    const allowed = limits[limit];
    if (allowed === undefined) return [];
    return [{ limit, allowed, measured: measured[limit], ok: measured[limit] <= allowed }];
  });
}
