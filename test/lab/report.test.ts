/** Figures and page of a drill, from requests whose figures are known. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drillPage } from '../../lab/report/drill-page.ts';
import type { DrillRecord } from '../../lab/report/drill-record.ts';
import { drillsDocument } from '../../lab/report/drills-document.ts';
import { judge, measure } from '../../lab/report/measure.ts';
import { verdictOf } from '../../lab/report/verdict.ts';
import { percent } from '../../lab/report/words.ts';
import type { Outcome, RequestRecord } from '../../lab/workload/history.ts';

const startedMs = 1_700_000_000_000;

/** An order each 20 ms for 10 s; from 4 s to 5.5 s they wait until its end, and some get no answer. */
function requests(): RequestRecord[] {
  return Array.from({ length: 500 }, (_, i) => {
    const at = i * 20;
    const inGap = at >= 4000 && at < 5500;
    const outcome: Outcome = inGap && i % 10 === 0 ? 'unknown' : 'ok';
    const endMs = startedMs + (inGap ? 5520 : at + 10);
    return { buyer: i, kind: 'place', startMs: startedMs + at, endMs, outcome };
  });
}
const span = { startedMs, endedMs: startedMs + 10_000, faultMs: startedMs + 4000 };

test('the longest gap, the recovery, the failures and the share of good answers are what happened', () => {
  const figures = measure(requests(), span);
  assert.equal(figures.requests, 500);
  assert.equal(figures.failed, 8);
  assert.equal(figures.orders, 492);
  assert.equal(figures.calmGapMs, 20);
  // From the fault on: the last order before it ended at 3990 ms.
  assert.equal(figures.longestGapMs, 1510);
  assert.equal(figures.longestGapAtMs, 4000);
  assert.equal(figures.recoveredAfterMs, 1510);
  assert.ok(Math.abs(figures.availability - 492 / 500) < 1e-9);
  const [, four] = figures.budgets;
  assert.equal(four?.target, 0.9999);
  assert.ok(Math.abs((four?.used ?? 0) - (0.016 * 10_000) / 259_200) < 1e-6);
  assert.equal(figures.buckets.length, 100);
  assert.deepEqual(figures.failedByKind, { place: 8 });
});

test('a run without trouble has no gap, no recovery and all of its availability', () => {
  const calm = requests().filter(({ startMs }) => startMs - startedMs < 3000);
  const figures = measure(calm, { startedMs, endedMs: startedMs + 3000, faultMs: startedMs + 1000 });
  assert.deepEqual([figures.failed, figures.recoveredAfterMs, figures.availability], [0, 0, 1]);
  assert.ok(figures.longestGapMs <= 20);
  assert.deepEqual(
    figures.budgets.map(({ used }) => used),
    [0, 0, 0],
  );
});

test('silence to the very end of a run is a gap too', () => {
  const figures = measure(requests().slice(0, 100), {
    startedMs,
    endedMs: startedMs + 10_000,
    faultMs: startedMs + 1900,
  });
  assert.equal(figures.longestGapMs, 8010);
  assert.equal(figures.recoveredAfterMs, 8100);
});

test('a limit is kept or broken by what was measured', () => {
  const figures = measure(requests(), span);
  const judged = judge(figures, 1, { failedRequests: 8, longestGapMs: 1000, leftBehind: 0 });
  assert.deepEqual(
    judged.map(({ limit, ok }) => [limit, ok]),
    [
      ['failedRequests', true],
      ['longestGapMs', false],
      ['leftBehind', false],
    ],
  );
});

test('a failure is never rounded away', () => {
  assert.equal(percent(1), '100 %');
  assert.equal(percent(0.999_999_9), '99.999 %');
  assert.equal(percent(0.5), '50.00 %');
});

test('the page stands alone, says the verdict in both languages, and cannot be spoiled by what a server said', () => {
  const record = recordOf();
  const page = drillPage(record);
  for (const part of ['Failed', '未通过', 'node b took over', '99.9 %', '&lt;script&gt;'])
    assert.ok(page.includes(part), part);
  assert.doesNotMatch(page, /<script|https?:\/\/|<link|@import|NaN|undefined/);
  assert.match(verdictOf(record), /^FAILED {2}fail-writer/);
  assert.match(verdictOf(record), /BREACH {2}Longest gap/);
});

test('the document of drills has the figures of the last run of each, and says what was not run', () => {
  const text = drillsDocument([
    recordOf(),
    { ...recordOf(), drill: 'kill-writer' },
    { ...recordOf(), drill: 'random', seed: 41 },
  ]);
  assert.match(
    text,
    /`kill-writer` \|.*\| 8 \| 1\.51 s \| 1\.51 s \| 98\.40 % \| 1 broken \|.*\*\*breached: longest gap.*audit/,
  );
  assert.match(text, /`kill-order` \|.*not run/);
  assert.match(text, /\| 41 \| 10 s \| 1 \| 492 \| 8 \|/);
  assert.doesNotMatch(text, /undefined|NaN/);
});

export function recordOf(): DrillRecord {
  const measures = measure(requests(), span);
  measures.firstFailures = ['place: 503 <script>alert(1)</script>'];
  const judged = judge(measures, 0, { failedRequests: 10, longestGapMs: 1000 });
  return {
    drill: 'fail-writer',
    title: { zh: '数据库主节点被杀', en: 'The writer is killed' },
    rehearses: { zh: '写库所在机器断电。', en: 'The machine of the writer loses its power.' },
    rows: ['S11', 'S28'],
    ok: false,
    seed: 3,
    ordersPerS: 50,
    machine: { cores: 2, model: 'a machine', memoryMb: 4096, load: 0.1 },
    topology: { zh: '三个可用区', en: 'three zones' },
    command: 'npm run drill -- fail-writer --seed 3',
    startedAt: '2026-11-22T10:00:00.000Z',
    seconds: 10,
    marks: [
      { kind: 'fault', atMs: startedMs + 4000, says: 'writer a killed' },
      { kind: 'took-over', atMs: startedMs + 5500, says: 'node b took over' },
      { kind: 'heal', atMs: startedMs + 8000, says: 'node a is back' },
    ],
    measures,
    judged,
    audit: [
      { id: 'INV-1', says: 'No card twice.', ok: true, found: 0, sample: [] },
      { id: 'INV-3', says: 'No order lost.', ok: false, found: 1, sample: ['order X'] },
    ],
    leftBehind: 0,
    troubles: [],
  };
}
