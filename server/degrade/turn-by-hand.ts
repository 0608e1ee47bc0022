/** Turns degrade mode on or off by hand: on this machine at once, on all machines as far as Redis or the database can be told. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Redis } from '../platform/cache/redis.ts';
import { type Clock, sleep } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { type HandSwitch, writeSwitchFile, writeSwitchRedis, writeSwitchSetting } from './hand-switch.ts';

/** A person at a terminal waits this long for a database that may be away. */
const databaseWithinMs = 3000;
/** A command has only just begun to connect. */
const redisWithinMs = 2000;
const askAgainMs = 50;

export interface TurnRequest extends Actor {
  on: boolean;
  why: string;
}

/** @returns who could be told; if neither, only the processes that share this data folder know */
export async function turnByHand(
  { dataDir, database, redis, clock }: { dataDir: string; database: Database; redis: Redis; clock: Clock },
  { on, why, actor, requestId }: TurnRequest,
): Promise<{ turned: HandSwitch; toldDatabase: boolean; toldRedis: boolean }> {
  const turned: HandSwitch = { on, why, by: actor, at: clock.now() };
  await writeSwitchFile(dataDir, turned);
  const redisTold = tellRedis(redis, clock, turned);
  const told = database.transact(
    'degrade.turn',
    async (tx) => {
      await writeSwitchSetting(tx, turned);
      const action = on ? 'degrade.on' : 'degrade.off';
      await recordAudit(tx, { at: turned.at, actor, requestId, action, subject: 'shop:degrade', reason: why });
    },
    { deadlineMs: databaseWithinMs },
  );
  const toldDatabase = await Promise.race([
    told.then(
      () => true,
      () => false,
    ),
    sleep(databaseWithinMs + 1000).then(() => false),
  ]);
  return { turned, toldDatabase, toldRedis: await redisTold };
}

async function tellRedis(redis: Redis, clock: Clock, turned: HandSwitch): Promise<boolean> {
  const until = clock.monotonicMs() + redisWithinMs;
  while (redis.inUse && clock.monotonicMs() < until) {
    if (await writeSwitchRedis(redis, turned)) return true;
    await sleep(askAgainMs);
  }
  return false;
}
