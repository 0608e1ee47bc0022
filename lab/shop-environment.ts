/** What the roles of a zone are told: the same everywhere but for addresses, and the card key for the card role alone. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyring } from '../server/card/keyring.ts';
import type { Role } from '../server/config.ts';
import { systemClock } from '../server/platform/clock.ts';
import { ports, type Topology, type Zone } from './topology.ts';

export interface ShopKeys {
  masterKeyFile: string;
  channelKeyFile: string;
  sandboxSecret: string;
}

export function makeKeys(folder: string): ShopKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [masterKeyFile, channelKeyFile] = [join(folder, 'master.key'), join(folder, 'channel.key')];
  openKeyring({ path: masterKeyFile, clock: systemClock, strict: false, create: true });
  writeFileSync(channelKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return { masterKeyFile, channelKeyFile, sandboxSecret: randomBytes(24).toString('hex') };
}

/** A zone whose proxy has just noticed that a role stops. */
const drainMs = 1500;
/** A worker or a recording machine that is silent for so long is replaced; the default of 10 s makes drills long. */
const leaseMs = 3000;
/** Sixteen processes share the database's connections. */
const poolSize = 8;

export function zoneEnvironment(options: {
  topology: Topology;
  keys: ShopKeys;
  zone: Zone;
  dataDir: string;
  more: Readonly<Record<string, string>>;
}): Record<string, string> {
  const { topology, keys, zone, dataDir, more } = options;
  return {
    CARDWELL_ENV: 'development',
    CARDWELL_DATA_DIR: dataDir,
    CARDWELL_REGION: 'A0',
    CARDWELL_MASTER_KEY_FILE: keys.masterKeyFile,
    CARDWELL_CHANNEL_KEY_FILE: keys.channelKeyFile,
    CARDWELL_SANDBOX_SECRET: keys.sandboxSecret,
    CARDWELL_SAMPLE_DATA: 'off',
    // All buyers of a lab come from one address.
    CARDWELL_LIMITS: 'off',
    CARDWELL_TRUST_PROXY: 'on',
    CARDWELL_DRAIN_MS: String(drainMs),
    CARDWELL_LEASE_MS: String(leaseMs),
    CARDWELL_DATABASE_POOL: String(poolSize),
    DATABASE_URL: topology.databaseUrl,
    REDIS_URL: topology.redisUrl,
    BASE_URL: topology.shopUrl,
    HOST: topology.addresses[`app-${zone}`],
    LOG_LEVEL: 'info',
    ...more,
  };
}

/** Of one role: its port, and no key that is not its own. */
export function roleEnvironment(role: Role, zone: Record<string, string>): Record<string, string | undefined> {
  const holdsCardKey = role === 'card';
  return {
    ...zone,
    PORT: String(ports[role]),
    ...(holdsCardKey ? {} : { CARDWELL_MASTER_KEY_FILE: undefined }),
  };
}
