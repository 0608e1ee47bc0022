import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBatcher, QueueFull } from './batcher.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function recording(maxSize: number, poison: ReadonlySet<number> = new Set(), mayBeOneMember = true) {
  const batches: number[][] = [];
  let running = 0;
  const batcher = createBatcher<number, string>({
    name: 'test',
    maxSize,
    maxQueue: 1000,
    mayBeOneMember: () => mayBeOneMember,
    async run(inputs) {
      assert.equal(++running, 1, 'two batches at once');
      batches.push([...inputs]);
      await turn();
      running--;
      if (inputs.some((input) => poison.has(input))) throw new Error(`poison in ${inputs}`);
      return inputs.map((input) => `done ${input}`);
    },
  });
  return { batcher, batches };
}

test('everyone gets their own answer; who fails fails alone', async () => {
  const counts = fc.integer({ min: 1, max: 60 });
  const poisons = fc.uniqueArray(fc.nat(59), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(counts, fc.integer({ min: 1, max: 20 }), poisons, async (count, maxSize, bad) => {
      const poison = new Set(bad);
      const { batcher, batches } = recording(maxSize, poison);
      const answers = await Promise.allSettled(Array.from({ length: count }, (_, i) => batcher.submit(i)));
      for (const [i, answer] of answers.entries()) {
        if (answer.status === 'fulfilled') assert.equal(answer.value, `done ${i}`);
        assert.equal(answer.status === 'rejected', poison.has(i));
      }
      assert.ok(batches.every((batch) => batch.length <= maxSize));
      await batcher.drained();
      assert.equal(batcher.stats().queued, 0);
    }),
    { numRuns: 60 },
  );
});

test('calls that come while a batch runs share the next one, in the order they came', async () => {
  const { batcher, batches } = recording(100);
  const first = batcher.submit(0);
  await turn();
  const others = [1, 2, 3].map((one) => batcher.submit(one));
  await Promise.all([first, ...others]);
  assert.deepEqual(batches, [[0], [1, 2, 3]]);
});

test('side by side: a second batch starts when a quarter of one waits, never a third, and everyone is answered once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }), async (bursts) => {
      let running = 0;
      let most = 0;
      const seen: number[] = [];
      const waitedBeside: number[] = [];
      const batcher = createBatcher<number, number>({
        name: 'side by side',
        maxSize: 16,
        maxQueue: 1000,
        sideBySide: 2,
        mayBeOneMember: () => false,
        async run(inputs) {
          if (running > 0) waitedBeside.push(inputs.length);
          most = Math.max(most, ++running);
          seen.push(...inputs);
          for (let i = inputs.length % 3; i >= 0; i--) await turn();
          running--;
          return inputs;
        },
      });
      const answers: Promise<number>[] = [];
      for (const burst of bursts) {
        for (let i = 0; i < burst; i++) answers.push(batcher.submit(answers.length));
        await turn();
      }
      const numbers = await Promise.all(answers);
      await batcher.drained();
      assert.equal(running, 0);
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => i),
      );
      assert.deepEqual(
        seen,
        [...seen].sort((a, b) => a - b),
        'first come, first served',
      );
      assert.equal(seen.length, numbers.length);
      assert.ok(most <= 2);
      assert.ok(waitedBeside.every((size) => size >= 4));
    }),
    { numRuns: 100 },
  );
});

test('a failure that is nobody’s own is everybody’s, and is not tried in halves', async () => {
  const { batcher, batches } = recording(100, new Set([2]), false);
  const answers = await Promise.allSettled([1, 2, 3].map((one) => batcher.submit(one)));
  assert.ok(answers.every(({ status }) => status === 'rejected'));
  assert.equal(batches.length, 1);
});

test('past the longest queue a call is refused at once, and those inside are served', async () => {
  const batcher = createBatcher<number, number>({
    name: 'short',
    maxSize: 2,
    maxQueue: 3,
    mayBeOneMember: () => false,
    run: async (inputs) => inputs,
  });
  const answers = await Promise.allSettled([1, 2, 3, 4].map((one) => batcher.submit(one)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
  );
  assert.ok((answers[3] as PromiseRejectedResult).reason instanceof QueueFull);
});

test('an operation that answers for fewer than were asked is a failure, not a mix-up', async () => {
  const batcher = createBatcher<number, number>({
    name: 'short of answers',
    maxSize: 10,
    maxQueue: 10,
    mayBeOneMember: () => false,
    run: async (inputs) => inputs.slice(1),
  });
  const answers = await Promise.allSettled([1, 2].map((one) => batcher.submit(one)));
  assert.ok(answers.every(({ status }) => status === 'rejected'));
});
