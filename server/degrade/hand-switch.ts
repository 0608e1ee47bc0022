/**
 * The switch that a person turns. It must work while the database is away, so it stands in several places: a file in the
 * data folder, which every process of the machine looks at; Redis, where there is one, and a setting in the database for all
 * machines. Whichever was turned last counts.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from '../platform/cache/redis.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { randomToken } from '../platform/ids.ts';
import { putSetting, readSetting } from '../platform/settings-store.ts';

export interface HandSwitch {
  on: boolean;
  /** UTC milliseconds. */
  at: number;
  by: string;
  why: string;
}

export const settingName = 'degrade.by-hand';
const fileName = 'degrade.json';

export function newest(...switches: readonly (HandSwitch | undefined)[]): HandSwitch | undefined {
  return switches.reduce((last, one) => (one && (!last || one.at > last.at) ? one : last), undefined);
}

export async function readSwitchFile(dataDir: string): Promise<HandSwitch | undefined> {
  return readSwitch(await readFile(join(dataDir, fileName), 'utf8').catch(() => undefined));
}

export async function writeSwitchFile(dataDir: string, turned: HandSwitch): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, fileName);
  // A draft of its own for each turn: two people may turn it at once.
  const draft = `${path}.${randomToken()}`;
  await writeFile(draft, `${JSON.stringify(turned)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

export async function readSwitchSetting(db: Db): Promise<HandSwitch | undefined> {
  return readSwitch(await readSetting(db, settingName));
}

export async function writeSwitchSetting(tx: Tx, turned: HandSwitch): Promise<void> {
  await putSetting(tx, settingName, JSON.stringify(turned), turned.at);
}

const keyOf = (redis: Redis) => redis.key('degrade', 'by-hand');

export async function readSwitchRedis(redis: Redis): Promise<HandSwitch | undefined> {
  return readSwitch((await redis.ask('degrade', (client) => client.get(keyOf(redis)))) ?? undefined);
}

/** @returns whether Redis has taken it */
export async function writeSwitchRedis(redis: Redis, turned: HandSwitch): Promise<boolean> {
  const set = redis.ask('degrade', (client) => client.set(keyOf(redis), JSON.stringify(turned)));
  return (await set) !== undefined;
}

function readSwitch(text: string | undefined): HandSwitch | undefined {
  try {
    const { on, at, by, why } = JSON.parse(text ?? '') as Partial<HandSwitch>;
    if (typeof on !== 'boolean' || !Number.isSafeInteger(at)) return undefined;
    return { on, at: at as number, by: String(by ?? ''), why: String(why ?? '') };
  } catch {
    return undefined;
  }
}
