import { seededRandom } from '../../gateways/serve-gateway.ts';
import type { Drill, Healing, Scene } from './drill.ts';
import { killProxy, killVipHolder } from './fail-entry.ts';
import { failRedisMaster, loseRedis, wipeRedis } from './fail-redis.ts';
import { killWriter, partitionWriter, pauseWriter } from './fail-writer.ts';
import { partitionZone } from './fail-zone.ts';
import { failingChannel, lyingChannel } from './ill-channel.ts';
import { killAccount, killCard, killOrder, killPayment } from './kill-role.ts';
import { killWorker, stopLeader } from './stop-leader.ts';
import { cutCommits, slowNetwork } from './trouble-lines.ts';

/** What can happen in the same minute as something else. The crash of all nodes and a restore are drills of their own. */
const faults: readonly Drill[] = [
  killOrder,
  killCard,
  killPayment,
  killAccount,
  killWorker,
  stopLeader,
  killWriter,
  pauseWriter,
  partitionWriter,
  partitionZone,
  killVipHolder,
  killProxy,
  failRedisMaster,
  loseRedis,
  wipeRedis,
  failingChannel,
  lyingChannel,
  slowNetwork,
  cutCommits,
];

/** One after the other, each healed before the next: what is judged is that nothing is lost, however they follow each other. */
export const randomFaults: Drill = {
  name: 'random',
  namespaces: true,
  title: { zh: '随机故障', en: 'Faults at random' },
  rehearses: {
    zh: '由种子决定的故障一个接一个；同一种子重放同样的故障。',
    en: 'One fault after the other, drawn from the seed: the same seed brings the same faults.',
  },
  rows: ['S28', 'S36', 'S40'],
  limits: { leftBehind: 0 },
  holdMs: 180_000,
  takesItsTime: true,
  async fault(scene) {
    const random = seededRandom(scene.seed);
    const untilMs = performance.now() + scene.holdMs;
    while (performance.now() < untilMs) {
      const drill = faults[Math.floor(random() * faults.length)] as Drill;
      const holdMs = 2000 + random() * 6000;
      const heal = await oneFault(scene, drill, random);
      if (heal) {
        await scene.sleep(holdMs);
        await heal();
      }
      await scene.lab.whole();
      await scene.sleep(500 + random() * 3000);
    }
    return async () => scene.note('no more faults');
  },
};

/** A fault that finds nothing to break (nobody is the writer for a moment) is no failure of the shop, and is told. */
async function oneFault(scene: Scene, drill: Drill, random: () => number): Promise<Healing | undefined> {
  try {
    return await drill.fault({ ...scene, random });
  } catch (error) {
    scene.note(`${drill.name} could not be done: ${(error as Error).message}`);
    return undefined;
  }
}
