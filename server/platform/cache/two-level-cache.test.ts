import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { SharedCache, SharedEntry } from './shared-cache.ts';
import { createTwoLevelCache } from './two-level-cache.ts';

/** A second level in memory that behaves as the real one; several processes may share it. */
function sharedShelf(time: { ms: number }) {
  const shelf = new Map<string, { text: string; at: number }>();
  const state = { generation: 'g1', away: false };
  const read = (name: string): SharedEntry | undefined => {
    const found = shelf.get(name);
    if (!found || time.ms - found.at >= 3_600_000) return undefined;
    const { generation, value } = JSON.parse(found.text) as { generation: string; value: unknown };
    return { value, ageMs: time.ms - found.at, current: generation === state.generation };
  };
  const shared: SharedCache = {
    available: () => !state.away,
    read: async (names) => (state.away ? undefined : { generation: state.generation, entries: names.map(read) }),
    async write(generation, values) {
      for (const [name, value] of values) shelf.set(name, { text: JSON.stringify({ generation, value }), at: time.ms });
    },
    async renew() {
      state.generation += '+';
    },
    remove: async (name) => void shelf.delete(name),
  };
  return { shared, shelf, state };
}

function world() {
  const time = { ms: 5000 };
  const level2 = sharedShelf(time);
  const database = { value: 'one', loads: 0, failing: false, gate: undefined as Promise<void> | undefined };
  function newProcess() {
    const cache = createTwoLevelCache<string, string>({
      clock: { now: () => time.ms, monotonicMs: () => time.ms },
      max: 10,
      life: () => ({ hereMs: 2000, sharedMs: 5000 }),
      shared: level2.shared,
      mayShare: (value) => value !== 'private',
    });
    async function load(keys: readonly string[]): Promise<Map<string, string>> {
      database.loads++;
      const { value } = database;
      await database.gate;
      if (database.failing) throw new Error('no database');
      return new Map(keys.map((key) => [key, value]));
    }
    const get = async (key = 'page') => (await cache.get([key], load)).get(key);
    return { cache, get };
  }
  return { time, database, newProcess, ...level2 };
}

test('one process loads, the others find it in Redis, each looks again after two seconds and loads after five', async () => {
  const { time, database, newProcess } = world();
  const [one, two] = [newProcess(), newProcess()];
  assert.deepEqual([await one.get(), await two.get()], ['one', 'one']);
  assert.equal(database.loads, 1);
  time.ms += 2000;
  database.value = 'two';
  assert.deepEqual([await one.get(), await two.get()], ['one', 'one']);
  assert.equal(database.loads, 1);
  // The value is five seconds old now, and not fresh here for two seconds from when it was found.
  time.ms += 3000;
  assert.deepEqual([await one.get(), await two.get()], ['two', 'two']);
  assert.equal(database.loads, 2);
});

test('a value fetched from Redis lives no longer here than it would have lived there', async () => {
  const { time, database, newProcess } = world();
  const [one, two] = [newProcess(), newProcess()];
  await one.get();
  time.ms += 4500;
  await two.get();
  database.value = 'two';
  time.ms += 499;
  assert.equal(await two.get(), 'one');
  time.ms += 1;
  assert.equal(await two.get(), 'two');
});

test('a loader that saw the data before a change does not put it back', async () => {
  const { database, newProcess, shared, shelf } = world();
  const [one, two, three] = [newProcess(), newProcess(), newProcess()];
  const held = Promise.withResolvers<void>();
  database.gate = held.promise;
  const before = one.get();
  await turn();
  assert.equal(database.loads, 1);
  database.value = 'two';
  two.cache.clear();
  await shared.renew();
  one.cache.clear();
  held.resolve();
  assert.equal(await before, 'one');
  await turn();
  assert.ok(shelf.has('page'));
  assert.deepEqual([await one.get(), await two.get(), await three.get()], ['two', 'two', 'two']);
});

test('what may not be shared stays in the process', async () => {
  const { database, newProcess, shelf } = world();
  database.value = 'private';
  await newProcess().get();
  assert.equal(shelf.size, 0);
});

test('without Redis every process loads for itself', async () => {
  const { database, newProcess, state } = world();
  state.away = true;
  await newProcess().get();
  await newProcess().get();
  assert.equal(database.loads, 2);
});

test('when the loading fails the last known value answers, for an hour, and is tried again each second', async () => {
  const { time, database, newProcess } = world();
  const { get } = newProcess();
  await get();
  database.failing = true;
  time.ms += 5000;
  assert.deepEqual([await get(), await get()], ['one', 'one']);
  assert.equal(database.loads, 2);
  time.ms += 1000;
  assert.equal(await get(), 'one');
  assert.equal(database.loads, 3);
  time.ms += 3_600_000;
  await assert.rejects(newProcess().get('other'), /no database/);
  database.failing = false;
  database.value = 'two';
  assert.equal(await get(), 'two');
});

test('a new process shows what Redis knows while the database is away, even if it is of an older generation', async () => {
  const { time, database, newProcess, shared } = world();
  await newProcess().get();
  await shared.renew();
  time.ms += 60_000;
  database.failing = true;
  assert.equal(await newProcess().get(), 'one');
});

test('when the loading hangs, one caller waits a second; those who come later have the last known value at once', async () => {
  const { time, database, newProcess } = world();
  const { get } = newProcess();
  await get();
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const held = Promise.withResolvers<void>();
    database.gate = held.promise;
    database.value = 'two';
    time.ms += 5000;
    const first = get();
    await turn();
    mock.timers.tick(1000);
    assert.equal(await first, 'one');
    assert.equal(await get(), 'one');
    held.resolve();
    await turn();
    assert.equal(await get(), 'two');
  } finally {
    mock.timers.reset();
  }
});

test('what this process changed is not asked of Redis for as long as that may have it as it was', async () => {
  const { time, database, newProcess } = world();
  const [one, two] = [newProcess(), newProcess()];
  await one.get();
  await two.get();
  database.value = 'two';
  two.cache.change('page', () => 'two');
  assert.equal(await two.get(), 'two');
  time.ms += 2000;
  assert.equal(await two.get(), 'two');
  assert.equal(database.loads, 2);
});

test('what was forgotten is loaded again, by the others too when they look', async () => {
  const { time, database, newProcess } = world();
  const [one, two] = [newProcess(), newProcess()];
  await one.get();
  await two.get();
  database.value = 'two';
  one.cache.forget('page');
  assert.equal(await one.get(), 'two');
  time.ms += 2000;
  assert.equal(await two.get(), 'two');
  assert.equal(database.loads, 2);
});
