import type { ProcessKind } from '../topology.ts';
import type { Drill } from './drill.ts';
import { anyZone } from './known-places.ts';

const offMs = 60_000;
const kinds: readonly ProcessKind[] = ['order', 'card', 'payment', 'worker'];

export const skewClock: Drill = {
  name: 'skew-clock',
  title: { zh: '一个可用区的时钟走偏', en: 'The clocks of a zone are wrong' },
  rehearses: {
    zh: '一个可用区的进程时钟快一分钟：付款照收，卡不重发，租约不乱。',
    en: 'The processes of a zone live a minute ahead: payments are taken, no card goes out twice, no lease is lost in the confusion.',
  },
  rows: ['S28'],
  limits: { longestGapMs: 3000, leftBehind: 0 },
  holdMs: 8000,
  async fault(scene) {
    const zone = anyZone(scene);
    const processes = kinds.map((kind) => scene.lab.process(kind, zone));
    scene.fault(`the clocks of zone ${zone} are a minute ahead`);
    for (const one of processes) {
      await one.stop();
      await one.start({ clockOffMs: offMs });
    }
    return async () => {
      for (const one of processes) {
        await one.stop();
        await one.start();
      }
      scene.healed(`the clocks of zone ${zone} are right again`);
    };
  },
};
