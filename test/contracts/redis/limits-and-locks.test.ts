import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createLocks, type Locks } from '../../../server/platform/cache/locks.ts';
import { createRateLimit, type RateLimit } from '../../../server/platform/cache/rate-limit.ts';
import { systemClock as clock } from '../../../server/platform/clock.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { closeProcesses, newRedisProcess } from '../../kit/redis-process.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
afterEach(closeProcesses);
after(() => server.stop());

const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

async function newLimit(name: string): Promise<RateLimit> {
  return createRateLimit({ redis: await newRedisProcess(server), name, tries: 5, windowSeconds: 600 });
}

test('two processes count tries together, and a good one is taken back in both', async () => {
  const [one, two] = [await newLimit('guess'), await newLimit('guess')];
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push(await (i % 2 ? one : two).count('somebody'));
  await one.forgive('somebody');
  answers.push(await two.count('somebody'), await one.count('somebody'), await two.count('somebody'));
  assert.deepEqual(answers, [true, true, true, true, true, true, false]);
  assert.equal(await one.count('somebody'), false);
  assert.equal(await one.count('somebody else'), true);
  await two.reset('somebody');
  assert.equal(await one.count('somebody'), true);
});

test('tries sent all at once to two processes do not overtake the count', async () => {
  const limits = [await newLimit('burst'), await newLimit('burst')];
  const answers = await Promise.all(times(100, (i) => (limits[i % 2] as RateLimit).count('bot')));
  assert.equal(answers.filter((few) => few).length, 5);
});

test('Redis is told nobody’s name', async () => {
  await (await newLimit('guess')).count('li.lei@example.com');
  const keys = await server.client.keys('*');
  assert.ok(keys.length > 0 && !keys.some((key) => key.includes('lei')), keys.join());
});

test('when Redis dies each process goes on counting by itself', async () => {
  const [one, two] = [await newLimit('insured'), await newLimit('insured')];
  assert.equal(await one.count('bot'), true);
  await server.kill();
  const counted = async (limit: RateLimit) => (await Promise.all(times(50, () => limit.count('bot')))).filter(Boolean);
  assert.deepEqual([(await counted(one)).length, (await counted(two)).length], [5, 5]);
  await server.restart();
});

async function newLocks(): Promise<Locks> {
  return createLocks({ redis: await newRedisProcess(server), clock });
}

test('of two processes with work on one order the second waits for the first, and both work', async () => {
  const [one, two] = [await newLocks(), await newLocks()];
  const events: string[] = [];
  const inside = Promise.withResolvers<void>();
  const first = one.during('order 1', async () => {
    events.push('first begins');
    inside.resolve();
    await new Promise((resolve) => setTimeout(resolve, 100));
    events.push('first ends');
  });
  await inside.promise;
  await Promise.all([
    first,
    two.during('order 1', async () => events.push('second')),
    two.during('order 2', async () => events.push('other')),
  ]);
  assert.deepEqual(events, ['first begins', 'other', 'first ends', 'second']);
});

test('a lock whose holder is gone holds nobody up for longer than a moment', async () => {
  const [gone, other] = [await newLocks(), await newLocks()];
  const never = new Promise<void>(() => {});
  void gone.during('order 3', () => never);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await other.during('order 3', async () => 'done'), 'done');
});

test('callers of one process join the lock that it holds; the last gives it back', async () => {
  const [one, two] = [await newLocks(), await newLocks()];
  let inside = 0;
  let most = 0;
  await Promise.all(
    times(20, () =>
      one.during('order 4', async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
      }),
    ),
  );
  assert.ok(most > 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(await two.unlessHeld('order 4', async () => 'free'), 'free');
});

test('a scan that another process is at is left to it; afterwards it is free', async () => {
  const [one, two] = [await newLocks(), await newLocks()];
  const over = Promise.withResolvers<string>();
  const scan = one.unlessHeld('scan', () => over.promise);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await two.unlessHeld('scan', async () => 'twice'), undefined);
  over.resolve('once');
  assert.equal(await scan, 'once');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await two.unlessHeld('scan', async () => 'next'), 'next');
});

test('without Redis, and when it is wiped in between, all work is done', async () => {
  const [one, two] = [await newLocks(), await newLocks()];
  const wiped = await one.unlessHeld('scan', async () => {
    await server.wipe();
    return two.unlessHeld('scan', async () => 'both');
  });
  assert.equal(wiped, 'both');
  await server.kill();
  const work = times(20, (i) => (i % 2 ? one : two).during('order 5', async () => i));
  assert.equal((await Promise.all(work)).length, 20);
  assert.equal(await one.unlessHeld('scan', async () => 'alone'), 'alone');
  await server.restart();
});
