import type { Drill } from './drill.ts';
import { anyZone, writerZone } from './known-places.ts';

export const switchZone: Drill = {
  name: 'switch-zone',
  title: { zh: '手动切换主可用区', en: 'The active zone is switched by hand' },
  rehearses: {
    zh: '运维执行 cardwell database promote 把写入移到另一个可用区：预案 S30。',
    en: 'An operator moves the writer to another zone with `cardwell database promote`: the plan of S30.',
  },
  rows: ['S30', 'S33'],
  limits: { failedRequests: 0, longestGapMs: 3000, leftBehind: 0 },
  async fault(scene) {
    const { lab } = scene;
    const before = await writerZone(scene);
    const target = anyZone(scene, [before]);
    scene.fault(`the writer is moved from ${before} to ${target} by hand`);
    const host = new URL(lab.topology.databaseUrls[target]).host;
    const { code, stdout, stderr } = await lab.cardwell(target, 'database', 'promote', host, '--yes');
    if (code !== 0) scene.trouble(`promote ended with ${code}: ${stdout} ${stderr}`);
    return async () => {
      const now = await lab.writer();
      if (now !== target) scene.trouble(`the writer is ${now ?? 'nobody'}, not ${target}`);
      scene.healed(`the writer is in ${now ?? 'no zone'}`);
    };
  },
};
