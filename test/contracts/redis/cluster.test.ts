/** The same uses of Redis on a cluster of six, while its masters are killed, frozen and wiped. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createLocks } from '../../../server/platform/cache/locks.ts';
import { createRateLimit } from '../../../server/platform/cache/rate-limit.ts';
import type { Redis } from '../../../server/platform/cache/redis.ts';
import { createSharedCache } from '../../../server/platform/cache/shared-cache.ts';
import { openStream } from '../../../server/platform/cache/stream.ts';
import { systemClock as clock } from '../../../server/platform/clock.ts';
import { type RedisCluster, startRedisCluster } from '../../kit/redis-cluster.ts';
import { closeProcesses, newRedisProcess } from '../../kit/redis-process.ts';
import { until } from '../../kit/until.ts';

let cluster: RedisCluster;
before(async () => {
  cluster = await startRedisCluster();
});
afterEach(closeProcesses);
after(() => cluster.close());

const newProcess = () => newRedisProcess(cluster);

/** Keys on every node. */
const groups = Array.from({ length: 12 }, (_, i) => `group ${i}`);
const works = async (redis: Redis) => {
  const answers = groups.map((group) => redis.ask('test', (client) => client.set(redis.key(group, 'a'), '1')));
  return (await Promise.all(answers)).every((answer) => answer === 'OK');
};

test('pages, limits, locks and records live on whichever node is theirs', async () => {
  const [one, two] = [await newProcess(), await newProcess()];
  for (const group of groups) {
    const [mine, theirs] = [createSharedCache(one, group), createSharedCache(two, group)];
    const seen = await mine.read(['a', 'b']);
    await mine.write(seen?.generation ?? '', [
      ['a', 1],
      ['b', 2],
    ]);
    const found = await theirs.read(['a', 'b']);
    assert.deepEqual(
      found?.entries.map((entry) => [entry?.value, entry?.current]),
      [
        [1, true],
        [2, true],
      ],
    );
    const limits = [one, two].map((redis) => createRateLimit({ redis, name: group, tries: 1, windowSeconds: 60 }));
    assert.deepEqual([await limits[0]?.count('x'), await limits[1]?.count('x')], [true, false]);
    const stream = openStream(one, group);
    assert.equal((await stream.append('record'))?.replicas, 1);
    assert.equal((await openStream(two, group).read())?.[0]?.text, 'record');
  }
  const [first, second] = [createLocks({ redis: one, clock }), createLocks({ redis: two, clock })];
  const held = await first.unlessHeld('scan', () => second.unlessHeld('scan', async () => 'twice'));
  assert.equal(held, undefined);
});

test('a killed master costs moments until its replica leads; messages arrive again', async (t) => {
  const [one, two] = [await newProcess(), await newProcess()];
  const heard = new Set<string>();
  one.listen('news', (message) => heard.add(message));
  await until('it hears', async () => (await two.publish('news', 'first')) && heard.has('first'));
  await cluster.nodes[0]?.kill();
  const from = performance.now();
  let longestMs = 0;
  await until('all parts answer', async () => {
    const asked = performance.now();
    const done = await works(one);
    longestMs = Math.max(longestMs, performance.now() - asked);
    return done;
  });
  t.diagnostic(
    `whole again after ${Math.round(performance.now() - from)} ms; the longest wait was ${Math.round(longestMs)} ms`,
  );
  await until('it hears again', async () => (await two.publish('news', 'again')) && heard.has('again'));
  await cluster.nodes[0]?.restart();
  await cluster.whole();
});

test('a frozen master is done without, and the cluster is whole again', async () => {
  const redis = await newProcess();
  cluster.nodes[1]?.pause();
  await until('a part does not answer', async () => !(await works(redis)));
  await until('all parts answer', () => works(redis));
  cluster.nodes[1]?.resume();
  await cluster.whole();
});

test('wiped, it begins anew', async () => {
  const shared = createSharedCache(await newProcess(), 'pages');
  const seen = await shared.read(['page']);
  await cluster.wipe();
  await shared.write(seen?.generation ?? '', [['page', 'old']]);
  assert.equal((await shared.read(['page']))?.entries[0]?.current, false);
});
