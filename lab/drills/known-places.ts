/** Where the things are that drills break, asked at the moment they break them. */

import { type Zone, zones } from '../topology.ts';
import type { Scene } from './drill.ts';

export async function writerZone({ lab }: Scene): Promise<Zone> {
  const zone = await lab.writer();
  if (!zone) throw new Error('no database node is the writer');
  return zone;
}

export async function leaderZone({ lab }: Scene): Promise<Zone> {
  const zone = await lab.leader();
  if (!zone) throw new Error('no worker is the leader');
  return zone;
}

export async function vipZone({ lab }: Scene): Promise<Zone> {
  const [zone] = await lab.vipHolders();
  if (!zone) throw new Error('nobody holds the virtual IP');
  return zone;
}

export function anyZone({ random }: Scene, but: readonly Zone[] = []): Zone {
  const left = zones.filter((zone) => !but.includes(zone));
  return left[Math.floor(random() * left.length)] as Zone;
}
