import type { Drill } from './drill.ts';
import { vipZone, writerZone } from './known-places.ts';

/** The zone that holds most is the one to lose. */
export const partitionZone: Drill = {
  name: 'partition-zone',
  namespaces: true,
  title: { zh: '整个可用区与外界断开', en: 'A whole zone is cut off' },
  rehearses: {
    zh: '持有虚拟 IP 的可用区内部互通，与其它可用区和买家全断；其余两区接管一切。',
    en: 'The zone that holds the virtual IP still reaches itself and nobody else; the other two take everything over.',
  },
  rows: ['S20', 'S28'],
  limits: { longestGapMs: 5000, leftBehind: 0 },
  holdMs: 10_000,
  async fault(scene) {
    const zone = scene.lab.zone(await vipZone(scene));
    const writer = await writerZone(scene);
    scene.fault(`zone ${zone.name} cut off (it holds the virtual IP${writer === zone.name ? ' and the writer' : ''})`);
    await zone.partition();
    return async () => {
      await zone.heal();
      scene.healed(`zone ${zone.name} is on the network again`);
    };
  },
};

export const killZone: Drill = {
  name: 'kill-zone',
  title: { zh: '整个可用区断电', en: 'A whole zone loses its power' },
  rehearses: {
    zh: '写入节点所在可用区的所有进程同时被 SIGKILL。',
    en: 'Every process of the zone with the writer ends by SIGKILL at once.',
  },
  rows: ['S20', 'S28'],
  limits: { longestGapMs: 5000, leftBehind: 0 },
  holdMs: 10_000,
  async fault(scene) {
    const zone = scene.lab.zone(await writerZone(scene));
    scene.fault(`every process of zone ${zone.name} killed`);
    await zone.kill();
    return async () => {
      await zone.start();
      scene.healed(`zone ${zone.name} is up again`);
    };
  },
};
