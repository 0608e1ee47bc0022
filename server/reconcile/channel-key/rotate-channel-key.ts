/**
 * Changes the channel key while the shop is open: a new first line in the key file, then everything is sealed with it again, each
 * value by a conditional change of its own. Stopped half-way it loses nothing, because the file holds both keys, and is simply
 * run again without a new key.
 */
import {
  channelKeysChangedAt,
  newChannelKeyLine,
  readChannelKeys,
  writeChannelKeys,
} from '../../payment/channel-key-file.ts';
import { openChannelKeyring } from '../../payment/channel-keyring.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { SealBroken, sealedKeyId } from '../../platform/sealed-text.ts';
import { type SealedValue, sealedPlaces } from './sealed-places.ts';

export interface RotateChannelDeps {
  database: Database;
  clock: Clock;
  /** Of the key file. */
  path: string;
  strict: boolean;
}

export interface RotateChannelReport {
  activeKeyId: number;
  values: number;
  resealed: number;
  /** What does not open with any key of the file; left as it is. */
  unreadable: string[];
  retired: number[];
  /** Keys that stay beside the active one, and why. */
  kept: { keyId: number; reason: 'in-use' | 'changed-lately' }[];
}

/** A process that was about to seal when the file was replaced has done so long since. */
const settledAfterMs = 10 * 60_000;
/** Somebody may save a channel between our look and our change. */
const looks = 5;

export async function rotateChannelKey(
  deps: RotateChannelDeps,
  { addKey, retire }: { addKey: boolean; retire: boolean },
): Promise<RotateChannelReport> {
  const file = { path: deps.path, strict: deps.strict, create: false };
  const isSettled = deps.clock.now() - channelKeysChangedAt(deps.path) >= settledAfterMs;
  if (addKey) {
    const lines = readChannelKeys(file).map(({ line }) => line);
    writeChannelKeys(deps.path, [newChannelKeyLine(), ...lines]);
  }
  const keys = readChannelKeys(file);
  const [active] = keys;
  if (!active) throw new Error('a key file without a key');
  const keyring = openChannelKeyring(file);
  const report: RotateChannelReport = {
    activeKeyId: active.id,
    values: 0,
    resealed: 0,
    unreadable: [],
    retired: [],
    kept: [],
  };
  let values: SealedValue[] = [];
  for (let look = 0; look < looks; look++) {
    values = await everySealed(deps);
    const old = values.filter(({ sealed }) => idOf(sealed) !== active.id);
    report.unreadable = [];
    for (const value of old) await reseal(deps, keyring, value, report);
    if (old.length === report.unreadable.length) break;
  }
  report.values = values.length;
  const used = new Set((await everySealed(deps)).map(({ sealed }) => idOf(sealed)));
  const others = keys.filter(({ id }) => id !== active.id);
  for (const { id: keyId } of others) {
    if (used.has(keyId)) report.kept.push({ keyId, reason: 'in-use' });
    else if (!retire || !isSettled) report.kept.push({ keyId, reason: 'changed-lately' });
    else report.retired.push(keyId);
  }
  if (report.retired.length > 0) {
    const stay = keys.filter(({ id }) => !report.retired.includes(id));
    writeChannelKeys(
      deps.path,
      stay.map(({ line }) => line),
    );
  }
  return report;
}

async function everySealed({ database }: RotateChannelDeps): Promise<SealedValue[]> {
  const found: SealedValue[] = [];
  for (const place of sealedPlaces) found.push(...(await place(database.read)));
  return found.filter(({ sealed }) => sealed.length > 0);
}

async function reseal(
  { database }: RotateChannelDeps,
  keyring: ReturnType<typeof openChannelKeyring>,
  { name, purpose, owner, sealed, replace }: SealedValue,
  report: RotateChannelReport,
): Promise<void> {
  const box = keyring.boxFor(purpose);
  let next: Buffer;
  try {
    next = box.seal(owner, box.unseal(owner, sealed));
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    report.unreadable.push(name);
    return;
  }
  if (await database.transact('channel-key.reseal', (tx) => replace(tx, next))) report.resealed++;
}

/** Undefined for what is no sealed value at all. */
function idOf(sealed: Uint8Array): number | undefined {
  try {
    return sealedKeyId(sealed);
  } catch {
    return undefined;
  }
}
