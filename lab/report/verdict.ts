/** A drill in a few lines, for the terminal. */
import type { DrillRecord } from './drill-record.ts';
import { duration, limitNames, limitValue, percent, thousands } from './words.ts';

export function verdictOf(record: DrillRecord): string {
  const { drill, ok, judged, measures: m, audit, leftBehind, marks, troubles, seed } = record;
  const broken = audit.filter((one) => !one.ok);
  const took = marks.filter(({ kind }) => kind === 'took-over').map(({ says }) => says);
  const lines = [
    `${ok ? 'PASSED' : 'FAILED'}  ${drill}  (seed ${seed})`,
    `  ${thousands(m.orders)} orders at ${m.ordersPerS.toFixed(1)}/s, ${thousands(m.requests)} requests, ${m.failed} failed (${percent(m.availability)} good), ${m.recorded} recorded for later`,
    `  longest gap ${duration(m.longestGapMs)} (calm ${duration(m.calmGapMs)}), well again after ${duration(m.recoveredAfterMs)}, p50 ${duration(m.p50Ms)}, p99 ${duration(m.p99Ms)}, slowest ${duration(m.slowestMs)}`,
    ...(took.length > 0 ? [`  took over: ${took.join('; ')}`] : []),
    ...judged.map(
      ({ limit, allowed, measured, ok: kept }) =>
        `  ${kept ? 'ok    ' : 'BREACH'}  ${limitNames[limit].en}: ${limitValue(limit, measured)} (allowed ${limitValue(limit, allowed)})`,
    ),
    `  ${broken.length === 0 ? 'ok    ' : 'BREACH'}  audit: ${audit.length} checks, ${broken.length} broken`,
    ...broken.flatMap(({ id, says, found, sample }) => [
      `          ${id}: ${says} (${found})`,
      ...sample.map((one) => `            - ${one}`),
    ]),
    ...(leftBehind > 0 ? [`  ${leftBehind} buyers never got there`] : []),
    ...m.firstFailures.map((one) => `  failed: ${one}`),
    ...troubles.map((one) => `  note: ${one}`),
  ];
  return `${lines.join('\n')}\n`;
}
