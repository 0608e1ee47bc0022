/** The Redis of the shop, where it has one: does it answer, and will it forget old pages rather than refuse new ones. */
import type { Redis } from '../../platform/cache/redis.ts';
import { sleep } from '../../platform/clock.ts';
import { type Diagnosis, type DoctorDeps, finding } from './diagnosis.ts';

/** The connection of a command is young: several tries, which also show how long an answer takes. */
const tries = 20;
const pauseMs = 20;
const slowMs = 50;

export async function checkRedis({ redis, clock }: DoctorDeps): Promise<Diagnosis[]> {
  if (!redis?.inUse) return [];
  const times: number[] = [];
  for (let i = 0; i < tries; i++) {
    const from = clock.monotonicMs();
    const answer = await redis.ask('doctor', (client) => client.ping());
    const tookMs = clock.monotonicMs() - from;
    if (answer !== undefined) times.push(tookMs);
    else await sleep(pauseMs);
  }
  if (times.length === 0) return [finding('redis.silent', {})];
  const usual = times.sort((a, b) => a - b)[times.length >> 1] as number;
  const speed = finding(usual > slowMs ? 'redis.slow' : 'redis.fine', { ms: usual.toFixed(1) });
  return [speed, ...(await memory(redis))];
}

async function memory(redis: Redis): Promise<Diagnosis[]> {
  const found = await redis.ask('doctor', (client) => client.info('memory'));
  const value = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(found ?? '')?.[1];
  const [limit, policy] = [Number(value('maxmemory')), value('maxmemory_policy')];
  if (!limit || !policy?.startsWith('noeviction')) return [];
  return [finding('redis.refuses-when-full', { policy })];
}
