import { zones } from '../topology.ts';
import type { Drill } from './drill.ts';

export const crashDatabase: Drill = {
  name: 'crash-database',
  title: { zh: '所有数据库节点同时断电', en: 'Every database node crashes at once' },
  rehearses: {
    zh: '三个节点同时 SIGKILL；店铺进入记录模式，找到最新的节点重启集群，已承诺的订单一个不少。',
    en: 'All three nodes end at once; the shop records orders, the cluster starts from the node that has most, and every promised order is there.',
  },
  rows: ['S31', 'S33', 'S36'],
  limits: { recoveredAfterMs: 60_000, leftBehind: 0 },
  holdMs: 12_000,
  async fault(scene) {
    const { lab } = scene;
    scene.fault('every database node killed');
    await Promise.all(zones.map((zone) => lab.process('database', zone).kill()));
    return async () => {
      const { startedFrom } = await lab.recoverDatabase();
      scene.healed(`the cluster is back, begun from node ${startedFrom}`);
    };
  },
};
