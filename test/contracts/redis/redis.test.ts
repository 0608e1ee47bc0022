import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { openRedis, type Redis } from '../../../server/platform/cache/redis.ts';
import { openStream } from '../../../server/platform/cache/stream.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createLog } from '../../../server/platform/observe/log.ts';
import { createMetrics } from '../../../server/platform/observe/metrics.ts';
import { checkRedis } from '../../../server/reconcile/doctor/check-redis.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { until } from '../../kit/until.ts';

let server: RedisServer;
const opened: Redis[] = [];
const metrics = createMetrics();

before(async () => {
  server = await startRedis();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((redis) => redis.close()));
});
after(() => server.stop());

async function open(prefix = `t${randomUUID()}`): Promise<Redis> {
  const redis = openRedis({ url: server.url, prefix, clock: systemClock, log: createLog('silent'), metrics });
  opened.push(redis);
  await until('Redis is there', async () => (await ping(redis)) === 'PONG');
  return redis;
}

const ping = (redis: Redis) => redis.ask('test', (client) => client.ping());

/** Asks until it is no longer asked, as requests do. */
async function untilGivenUp(redis: Redis): Promise<void> {
  await until('it is done without', async () => {
    await Promise.all(Array.from({ length: 5 }, () => ping(redis)));
    return !redis.available();
  });
}

test('a frozen Redis is asked a few times, then not at all, and again when it has woken up', async () => {
  const redis = await open();
  let returns = 0;
  redis.onReturn(() => returns++);
  server.pause();
  await untilGivenUp(redis);
  const answers = await Promise.all(Array.from({ length: 1000 }, () => ping(redis)));
  assert.ok(answers.every((answer) => answer === undefined));
  assert.match(await metrics.registry.metrics(), /cardwell_redis_up\{mode="single"\} 0/);
  server.resume();
  await until('it is asked again', async () => redis.available());
  assert.equal(await ping(redis), 'PONG');
  assert.equal(returns, 1);
});

test('a Redis that was killed and replaced by an empty one is found again, messages too', async () => {
  const redis = await open();
  const heard: string[] = [];
  redis.listen('news', (message) => heard.push(message));
  await until('it hears', async () => (await redis.publish('news', 'before')) && heard.includes('before'));
  await server.kill();
  assert.equal(await ping(redis), undefined);
  assert.equal(await redis.publish('news', 'lost'), false);
  await server.restart();
  await until('it hears again', async () => (await redis.publish('news', 'after')) && heard.includes('after'));
  assert.ok(!heard.includes('lost'));
});

test('a listener whose connection was cut listens anew', async () => {
  const [one, two] = [await open('cut'), await open('cut')];
  const heard: string[] = [];
  one.listen('news', (message) => heard.push(message));
  await until('it hears', async () => (await two.publish('news', 'first')) && heard.includes('first'));
  await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await until('it hears again', async () => (await two.publish('news', 'again')) && heard.includes('again'));
});

test('shops with different prefixes hear and see nothing of each other', async () => {
  const [ours, theirs] = [await open('ours'), await open('theirs')];
  const heard: string[] = [];
  ours.listen('news', (message) => heard.push(message));
  await until('it hears', async () => (await ours.publish('news', 'ours')) && heard.includes('ours'));
  await theirs.publish('news', 'theirs');
  await ours.publish('news', 'last');
  await until('all has arrived', async () => heard.includes('last'));
  assert.ok(!heard.includes('theirs'));
  assert.notEqual(ours.key('a', 'b'), theirs.key('a', 'b'));
});

test('a shared list gives its records back in order, a page at a time, until they are removed', async () => {
  const stream = openStream(await open(), 'orders');
  for (const text of ['one', 'two', 'three']) assert.equal((await stream.append(text))?.replicas, 0);
  const first = await stream.read({ limit: 2 });
  assert.deepEqual(
    first?.map(({ text }) => text),
    ['one', 'two'],
  );
  const rest = await stream.read({ after: first?.[1]?.id });
  assert.deepEqual(
    rest?.map(({ text }) => text),
    ['three'],
  );
  assert.equal(await stream.remove(first?.map(({ id }) => id) ?? []), true);
  assert.equal(await stream.length(), 1);
});

test('a shared list whose Redis is away says that it does not know', async () => {
  const stream = openStream(await open(), 'orders');
  await server.kill();
  assert.equal(await stream.append('lost'), undefined);
  assert.equal(await stream.read(), undefined);
  assert.equal(await stream.remove(['1-1']), false);
  await server.restart();
});

test('the doctor says whether Redis answers, and warns of one that refuses writes when it is full', async () => {
  const redis = await open();
  const diagnose = async () => {
    const found = await checkRedis({ redis, clock: systemClock } as Parameters<typeof checkRedis>[0]);
    return found.map(({ name, level }) => `${name} ${level}`);
  };
  assert.deepEqual(await diagnose(), ['Redis ok', 'Redis memory warn']);
  await server.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  assert.deepEqual(await diagnose(), ['Redis ok']);
  await server.kill();
  assert.deepEqual(await diagnose(), ['Redis warn']);
  await server.restart();
});
