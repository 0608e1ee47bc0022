/** Every drill, in the order in which `all` runs them: from what happens each month to what happens once in a life. */
import { crashDatabase } from './crash-database.ts';
import type { Drill } from './drill.ts';
import { randomFaults } from './fail-at-random.ts';
import { killProxy, killVipHolder } from './fail-entry.ts';
import { failRedisMaster, loseRedis, wipeRedis } from './fail-redis.ts';
import { killWriter, partitionWriter, pauseWriter } from './fail-writer.ts';
import { killZone, partitionZone } from './fail-zone.ts';
import { fillDisk } from './fill-disk.ts';
import { failingChannel, lyingChannel } from './ill-channel.ts';
import { killAccount, killAdmin, killCard, killOrder, killPayment } from './kill-role.ts';
import { restoreBackup } from './restore-backup.ts';
import { skewClock } from './skew-clock.ts';
import { killWorker, stopLeader } from './stop-leader.ts';
import { switchZone } from './switch-zone.ts';
import { cutCommits, slowNetwork } from './trouble-lines.ts';
import { rollingUpgrade } from './upgrade.ts';

export const drills: readonly Drill[] = [
  killOrder,
  killCard,
  killPayment,
  killAccount,
  killAdmin,
  killWorker,
  stopLeader,
  killVipHolder,
  killProxy,
  killWriter,
  pauseWriter,
  partitionWriter,
  switchZone,
  failRedisMaster,
  loseRedis,
  wipeRedis,
  slowNetwork,
  cutCommits,
  failingChannel,
  lyingChannel,
  rollingUpgrade,
  skewClock,
  partitionZone,
  killZone,
  fillDisk,
  crashDatabase,
  restoreBackup,
  randomFaults,
];

export function drillNamed(name: string): Drill {
  const found = drills.find((one) => one.name === name);
  if (!found) throw new Error(`no drill is called ${name}; npm run drill -- --list`);
  return found;
}
