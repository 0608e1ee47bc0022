import type { ProcessKind } from '../topology.ts';
import { zones } from '../topology.ts';
import type { Drill, Scene } from './drill.ts';

const limits = { failedRequests: 0, longestGapMs: 1000, leftBehind: 0 };
const nodes: readonly ProcessKind[] = ['redis-1', 'redis-2'];

export const failRedisMaster: Drill = {
  name: 'fail-redis-master',
  title: { zh: 'Redis 主节点断电', en: 'A Redis master is killed' },
  rehearses: {
    zh: '集群的一个主节点被杀，它的副本升主；店铺只把 Redis 当缓存。',
    en: 'One master of the cluster ends and its replica takes over; to the shop Redis was never the truth.',
  },
  rows: ['S13', 'S28'],
  limits,
  holdMs: 6000,
  async fault(scene) {
    const { lab } = scene;
    const masters = (await lab.picture()).zones.flatMap(({ redis }) => redis.filter(({ role }) => role === 'master'));
    const chosen = masters[Math.floor(scene.random() * masters.length)];
    if (!chosen) throw new Error('no Redis node is a master');
    const node = lab.named(chosen.name);
    scene.fault(`${node.name}, a master, killed`);
    await node.kill();
    return async () => {
      await node.start();
      scene.healed(`${node.name} is back`);
    };
  },
};

export const loseRedis: Drill = {
  name: 'lose-redis',
  title: { zh: 'Redis 整个消失', en: 'All of Redis is gone' },
  rehearses: {
    zh: '六个节点同时断电；锁、缓存、限流全部退回本地。',
    en: 'All six nodes end at once; locks, cache and limits fall back to each process.',
  },
  rows: ['S13', 'S15', 'S28'],
  limits,
  holdMs: 6000,
  async fault(scene) {
    const all = zones.flatMap((zone) => nodes.map((kind) => scene.lab.process(kind, zone)));
    scene.fault('every Redis node killed');
    await Promise.all(all.map((one) => one.kill()));
    return async () => {
      await Promise.all(all.map((one) => one.start()));
      scene.healed('every Redis node started again');
    };
  },
};

export const wipeRedis: Drill = {
  name: 'wipe-redis',
  title: { zh: 'Redis 数据被清空', en: 'Redis is wiped' },
  rehearses: {
    zh: '销售进行中对每个主节点执行 FLUSHALL，一连几次：不丢一单，不重一卡。',
    en: 'FLUSHALL on every master in the middle of the sale, several times: nothing lost, nothing issued twice.',
  },
  rows: ['S15', 'S28'],
  limits,
  async fault(scene) {
    scene.fault('every Redis node wiped');
    for (let n = 0; n < 3; n++) {
      await flushAll(scene);
      await scene.sleep(700);
    }
    return async () => scene.healed('wiped three times; nothing to mend');
  },
};

async function flushAll({ lab }: Scene): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  await Promise.all(
    zones.flatMap((zone) =>
      nodes.map(async (kind) => {
        const { address, ports } = lab.process(kind, zone);
        const command = ['/usr/bin/redis-cli', '-h', address, '-p', String(Object.values(ports)[0]), 'FLUSHALL'];
        const [file, ...args] = lab.street.on(command);
        // A replica refuses: its master does it for both.
        await promisify(execFile)(file as string, args).catch(() => undefined);
      }),
    ),
  );
}
