import type { Drill } from './drill.ts';
import { leaderZone } from './known-places.ts';

const rows = ['S19', 'S28'];
const limits = { failedRequests: 0, longestGapMs: 1000, leftBehind: 0 };

export const stopLeader: Drill = {
  name: 'stop-leader',
  title: { zh: '主工作进程卡死', en: 'The leading worker freezes' },
  rehearses: {
    zh: '持有租约的 worker 被 SIGSTOP：租约过期后另一个接手扫描，醒来的旧主不再动手。',
    en: 'The worker with the lease is stopped by SIGSTOP: another takes the scans over, and the old one does nothing when it wakes.',
  },
  rows,
  limits,
  holdMs: 9000,
  async fault(scene) {
    const zone = await leaderZone(scene);
    const worker = scene.lab.process('worker', zone);
    scene.fault(`worker ${zone}, the leader, frozen`);
    worker.pause();
    return async () => {
      const now = await scene.lab.leader();
      if (now === undefined || now === zone) scene.trouble(`nobody took over from worker ${zone}`);
      worker.resume();
      scene.healed(`worker ${zone} runs again`);
    };
  },
};

export const killWorker: Drill = {
  ...stopLeader,
  name: 'kill-worker',
  title: { zh: '主工作进程被杀', en: 'The leading worker is killed' },
  rehearses: {
    zh: '持有租约的 worker 被 SIGKILL，另一个接手发货、对账与扫描。',
    en: 'The worker with the lease ends by SIGKILL; another takes over messages and scans.',
  },
  async fault(scene) {
    const zone = await leaderZone(scene);
    const worker = scene.lab.process('worker', zone);
    scene.fault(`worker ${zone}, the leader, killed`);
    await worker.kill();
    return async () => {
      const now = await scene.lab.leader();
      if (now === undefined || now === zone) scene.trouble(`nobody took over from worker ${zone}`);
      await worker.start();
      scene.healed(`worker ${zone} started again`);
    };
  },
};
