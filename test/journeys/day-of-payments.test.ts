import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSoak } from '../../bench/soak/run-soak.ts';

test('a short day over all channels, everything amiss, a shop killed: nothing lost, the books of all networks equal', async (t) => {
  const seed = Number(process.env.CARDWELL_TEST_SEED ?? Math.floor(Math.random() * 1e9));
  const report = await runSoak(
    { seed, orders: 150, seconds: 8, store: 'sqlite', kills: 1, mischiefRate: 0.05 },
    (text) => t.diagnostic(text),
  );
  assert.deepEqual(report.flaws, [], `seed ${seed}`);
  assert.deepEqual(report.differences, [], `seed ${seed}`);
  assert.ok(report.counts.paid && report.counts.paid > 75, `seed ${seed}: ${JSON.stringify(report.counts)}`);
});
