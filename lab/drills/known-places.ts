/** Where the things are that drills break, asked at the moment they break them. */

import { type Zone, zones } from '../topology.ts';
import type { Scene } from './drill.ts';

/** While something moves there is nobody for a moment. */
const withinMs = 20_000;
const askAgainMs = 200;

async function found(what: string, scene: Scene, ask: () => Promise<Zone | undefined>): Promise<Zone> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const zone = await ask();
    if (zone) return zone;
    if (performance.now() > deadlineMs) throw new Error(`${what} is nowhere`);
    await scene.sleep(askAgainMs);
  }
}

export const writerZone = (scene: Scene): Promise<Zone> =>
  found('the database writer', scene, () => scene.lab.writer());

export const leaderZone = (scene: Scene): Promise<Zone> => found('the leading worker', scene, () => scene.lab.leader());

export const vipZone = (scene: Scene): Promise<Zone> =>
  found('the virtual IP', scene, async () => (await scene.lab.vipHolders())[0]);

export function anyZone({ random }: Scene, but: readonly Zone[] = []): Zone {
  const left = zones.filter((zone) => !but.includes(zone));
  return left[Math.floor(random() * left.length)] as Zone;
}
