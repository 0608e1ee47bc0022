/**
 * The three drills of every month, in a short form on a small lab: an instance is killed, the database writer is killed, the
 * writer is cut off. Limits that are times are for `npm run drill` on a machine that does nothing else; here nothing may fail
 * and nothing may be lost.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Drill } from '../../lab/drills/drill.ts';
import { drillNamed, drills } from '../../lab/drills/registry.ts';
import { runDrill } from '../../lab/drills/run-drill.ts';
import type { Lab } from '../../lab/lab.ts';
import { verdictOf } from '../../lab/report/verdict.ts';
import { startSmallLab } from './small-lab.ts';

let lab: Lab;
before(async () => {
  lab = await startSmallLab(4000);
});
after(() => lab?.stop());

for (const [name, holdMs] of [
  ['kill-order', 1000],
  ['kill-writer', 3500],
  ['partition-writer', 4000],
] as const) {
  test(`${name}: no request fails, and the books hold`, async (t) => {
    const { record } = await runDrill(lab, untimed(drillNamed(name)), {
      seed: 11,
      ordersPerS: 30,
      holdMs,
      warmMs: 300,
      calmMs: 1000,
      command: 'npm test',
    });
    t.diagnostic(verdictOf(record));
    assert.ok(record.ok, verdictOf(record));
    assert.ok(record.measures.orders > 30, 'there were buyers');
    assert.deepEqual(
      record.marks.filter(({ kind }) => kind === 'fault' || kind === 'heal').map(({ kind }) => kind),
      ['fault', 'heal'],
    );
  });
}

const untimed = (drill: Drill): Drill => ({ ...drill, limits: { failedRequests: 0, leftBehind: 0 } });

test('every drill has a name of its own, says what it rehearses in both languages, and promises something', () => {
  assert.equal(new Set(drills.map(({ name }) => name)).size, drills.length);
  for (const { name, title, rehearses, rows, limits } of drills) {
    assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    for (const text of [title, rehearses]) assert.ok(/[\u4e00-\u9fff]/.test(text.zh) && /[a-z]/.test(text.en), name);
    assert.ok(rows.length > 0 && limits.leftBehind === 0, name);
  }
});
