import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from './database.ts';
import { createLaggingReads } from './lagging-reads.ts';

test('after a change the writer is read until a replica at the limit of its lag has caught up', () => {
  let nowMs = 0;
  const [read, lagging] = [{}, {}] as [Db, Db];
  const reads = createLaggingReads({ read, lagging, maxLagMs: 2000 }, { now: () => 0, monotonicMs: () => nowMs });
  assert.equal(reads.db(), lagging);
  reads.changed();
  assert.equal(reads.db(), read);
  nowMs = 2999;
  assert.equal(reads.db(), read);
  nowMs = 3000;
  assert.equal(reads.db(), lagging);
});
