import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createStockCache } from '../../../server/card/stock.ts';
import { cached, createCatalogueCache } from '../../../server/catalog/catalogue-cache.ts';
import type { Redis } from '../../../server/platform/cache/redis.ts';
import { createSharedCache } from '../../../server/platform/cache/shared-cache.ts';
import type { Db } from '../../../server/platform/db/database.ts';
import { createNudges, type NudgeTopic } from '../../../server/platform/nudges.ts';
import { type RedisServer, startRedis } from '../../kit/redis.ts';
import { closeProcesses, newRedisProcess } from '../../kit/redis-process.ts';
import { until } from '../../kit/until.ts';

let server: RedisServer;
before(async () => {
  server = await startRedis();
});
afterEach(async () => {
  await closeProcesses();
  await server.wipe();
});
after(() => server.stop());

/** Time stands still: nothing grows old, so what changes was told. */
const clock = { now: () => 1000, monotonicMs: () => 1000 };

/** A shop of several processes, and a database that counts how often it is asked. */
function world() {
  const database = { value: 'old', asked: 0, failing: false };
  return {
    database,
    async newProcess() {
      const redis = await newRedisProcess(server);
      const nudges = createNudges(redis);
      const cache = createCatalogueCache({ clock, nudges, redis });
      const load = async () => {
        database.asked++;
        if (database.failing) throw new Error('no database');
        return { name: database.value };
      };
      await hears(redis);
      return { redis, nudges, page: async () => (await cached(cache, 'page', load)).name };
    },
  };
}

/** A connection that listens takes a moment to be there. */
async function hears(redis: Redis): Promise<void> {
  let heard = false;
  const channel = `hello-${Math.random()}`;
  redis.listen(channel, () => {
    heard = true;
  });
  await until('it hears', async () => (await redis.publish(channel, '')) && heard);
}

test('a second process finds in Redis what the first has loaded, a change reaches both', async () => {
  const { database, newProcess } = world();
  const [one, two] = [await newProcess(), await newProcess()];
  assert.equal(await one.page(), 'old');
  await until('the page is in Redis', async () => (await server.client.keys('*page*')).length === 1);
  assert.equal(await two.page(), 'old');
  assert.equal(database.asked, 1);
  database.value = 'new';
  two.nudges.send('catalogue', 'all');
  assert.equal(await two.page(), 'new');
  await until('the other shows it', async () => (await one.page()) === 'new');
});

test('a change while Redis is away reaches the others when it is back', async () => {
  const { database, newProcess } = world();
  const [one, two] = [await newProcess(), await newProcess()];
  await one.page();
  server.pause();
  await until('it is done without', async () => {
    await Promise.all(Array.from({ length: 5 }, () => one.redis.ask('test', (client) => client.ping())));
    return !one.redis.available();
  });
  database.value = 'new';
  one.nudges.send('catalogue', 'all');
  assert.equal(await one.page(), 'new');
  server.resume();
  await until('Redis is asked again', async () => one.redis.available());
  await until('the other shows it', async () => {
    const shared = createSharedCache(two.redis, 'catalogue');
    const found = await shared.read(['page']);
    return found !== undefined && !found.entries[0]?.current;
  });
});

test('a loader that saw the data before a change does not bring it back into Redis', async () => {
  const [one, two] = [await newRedisProcess(server), await newRedisProcess(server)];
  const [slow, quick] = [createSharedCache(one, 'pages'), createSharedCache(two, 'pages')];
  const before = await slow.read(['page']);
  await quick.renew();
  await slow.write(before?.generation ?? '', [['page', 'old']]);
  const after = await quick.read(['page']);
  assert.deepEqual(after?.entries, [{ value: 'old', ageMs: after?.entries[0]?.ageMs, current: false }]);
  await quick.write(after?.generation ?? '', [['page', 'new']]);
  assert.equal((await slow.read(['page']))?.entries[0]?.current, true);
});

test('a loader that began before Redis was wiped does not pass for new after it', async () => {
  const shared = createSharedCache(await newRedisProcess(server), 'pages');
  const before = await shared.read(['page']);
  await server.wipe();
  await shared.write(before?.generation ?? '', [['page', 'old']]);
  assert.equal((await shared.read(['page']))?.entries[0]?.current, false);
});

test('a new process shows the last known page and stock while the database is away', async () => {
  const { database, newProcess } = world();
  const one = await newProcess();
  await one.page();
  const stock = (redis: Redis, count: () => Promise<Map<number, number>>) =>
    createStockCache({
      database: { read: {} as Db, lagging: {} as Db, maxLagMs: 0 },
      clock,
      region: 'A0',
      redis,
      count,
    }).available([7, 8]);
  await stock(one.redis, async () => new Map([[7, 3]]));
  await until('all is in Redis', async () => (await server.client.dbsize()) === 5);
  await one.redis.ask('test', (client) => client.set(one.redis.key('catalogue', 'generation'), 'another'));
  await one.redis.ask('test', (client) => client.set(one.redis.key('stock A0', 'generation'), 'another'));
  database.failing = true;
  const two = await newProcess();
  assert.equal(await two.page(), 'old');
  const away = async () => {
    throw new Error('no database');
  };
  assert.deepEqual(Object.fromEntries(await stock(two.redis, away)), { 7: 3, 8: 0 });
});

test('a big page and a damaged entry are loaded, not fetched', async () => {
  const redis = await newRedisProcess(server);
  const shared = createSharedCache(redis, 'pages');
  const seen = await shared.read(['big', 'damaged']);
  await shared.write(seen?.generation ?? '', [
    ['big', 'x'.repeat(300_000)],
    ['damaged', 'fine'],
  ]);
  await server.client.set(redis.key('pages', '1:damaged'), '{"generation":');
  assert.deepEqual((await shared.read(['big', 'damaged']))?.entries, [undefined, undefined]);
});

async function newEar() {
  const redis = await newRedisProcess(server);
  const nudges = createNudges(redis);
  const heard: string[] = [];
  for (const topic of ['order', 'outbox'] satisfies NudgeTopic[])
    nudges.listen(topic, (subject, origin) => void heard.push(`${origin} ${topic} ${subject}`));
  await hears(redis);
  return { nudges, heard };
}

test('a nudge is heard here at once and once, and elsewhere once', async () => {
  const [one, two] = [await newEar(), await newEar()];
  one.nudges.send('order', 'A');
  one.nudges.send('order', 'A');
  assert.deepEqual(one.heard, ['here order A', 'here order A']);
  two.nudges.send('outbox', 'mail');
  await until('both have heard', async () => one.heard.length > 2 && two.heard.length > 1);
  assert.deepEqual(one.heard.slice(2), ['elsewhere outbox mail']);
  assert.deepEqual(two.heard, ['here outbox mail', 'elsewhere order A']);
});

test('a flood is cut off for other processes, and nothing breaks', async () => {
  const [one, two] = [await newEar(), await newEar()];
  for (let i = 0; i < 5000; i++) one.nudges.send('order', `A${i}`);
  assert.equal(one.heard.length, 5000);
  await until('it has arrived', async () => two.heard.length > 0);
  one.nudges.send('outbox', 'last');
  await until('the last has arrived', async () => two.heard.includes('elsewhere outbox last'));
  assert.equal(two.heard.length, 501);
});

test('what nobody can read is left out', async () => {
  const { heard } = await newEar();
  const sender = await newRedisProcess(server);
  for (const message of ['', 'null', '[]', '{"order":"A"}', '{"order":[1]}', '{"weather":["rain"]}'])
    await sender.publish('nudges', message);
  await sender.publish('nudges', '{"from":"x","weather":["rain"],"order":["B"]}');
  await until('the good one is heard', async () => heard.length > 0);
  assert.deepEqual(heard, ['elsewhere order B']);
});
