/** What several processes of a shop have in common with Redis, within one test process: a connection of its own for each. */
import { openRedis, type Redis } from '../../server/platform/cache/redis.ts';
import { systemClock as clock } from '../../server/platform/clock.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { createMetrics } from '../../server/platform/observe/metrics.ts';
import type { RedisServer } from './redis.ts';
import { until } from './until.ts';

const opened: Redis[] = [];
const metrics = createMetrics();
const log = createLog('silent');

export async function newRedisProcess(server: Pick<RedisServer, 'url'>, prefix = 'test'): Promise<Redis> {
  const redis = openRedis({ url: server.url, prefix, clock, log, metrics });
  opened.push(redis);
  await until('Redis answers', async () => (await redis.ask('test', (client) => client.ping())) === 'PONG');
  return redis;
}

export async function closeProcesses(): Promise<void> {
  await Promise.all(opened.splice(0).map((redis) => redis.close()));
}
