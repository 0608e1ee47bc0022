import type { Zone } from '../topology.ts';
import type { Drill, Healing, Scene } from './drill.ts';
import { writerZone } from './known-places.ts';

const writerDrill = (
  about: Pick<Drill, 'name' | 'title' | 'rehearses'> & Partial<Drill>,
  says: (zone: Zone) => string,
  act: (scene: Scene, zone: Zone) => Promise<Healing>,
): Drill => ({
  rows: ['S11', 'S28'],
  limits: { failedRequests: 0, longestGapMs: 3000, leftBehind: 0 },
  holdMs: 8000,
  ...about,
  async fault(scene) {
    const zone = await writerZone(scene);
    scene.fault(says(zone));
    return act(scene, zone);
  },
});

export const killWriter = writerDrill(
  {
    name: 'kill-writer',
    title: { zh: '数据库主节点断电', en: 'The database writer is killed' },
    rehearses: {
      zh: '写入节点的进程被 SIGKILL；请求等到另一个节点接管，不报错。',
      en: 'The node that is written to ends by SIGKILL; requests wait until another takes over, and none fails.',
    },
  },
  (zone) => `database ${zone}, the writer, killed`,
  async ({ lab, healed }, zone) => {
    const node = lab.process('database', zone);
    await node.kill();
    return async () => {
      await node.start();
      healed(`database ${zone} is back and synced`);
    };
  },
);

export const pauseWriter = writerDrill(
  {
    name: 'pause-writer',
    title: { zh: '数据库主节点卡死', en: 'The database writer freezes' },
    rehearses: {
      zh: '写入节点被 SIGSTOP：连接都在，谁也得不到回答，如同一台僵死的机器。',
      en: 'The node that is written to is stopped by SIGSTOP: every connection stays open, and nobody is answered.',
    },
  },
  (zone) => `database ${zone}, the writer, frozen`,
  async ({ lab, healed }, zone) => {
    const node = lab.process('database', zone);
    node.pause();
    return async () => {
      node.resume();
      healed(`database ${zone} runs again`);
    };
  },
);

export const partitionWriter = writerDrill(
  {
    name: 'partition-writer',
    namespaces: true,
    title: { zh: '数据库主节点网络中断', en: 'The database writer is cut off' },
    rehearses: {
      zh: '写入节点的网线被拔：包消失，连接悬挂，它自己以为一切正常。',
      en: 'No packet reaches or leaves the node that is written to: connections hang, and it believes all is well.',
    },
  },
  (zone) => `database ${zone}, the writer, cut off`,
  async ({ lab, healed }, zone) => {
    const machine = lab.machine('db', zone);
    await machine.partition();
    return async () => {
      await machine.heal();
      healed(`database ${zone} is on the network again`);
    };
  },
);
