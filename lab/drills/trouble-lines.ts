import type { Drill } from './drill.ts';
import { writerZone } from './known-places.ts';

const delayMs = 15;
const commits = 25;

export const slowNetwork: Drill = {
  name: 'slow-network',
  title: { zh: '数据库线路变慢', en: 'The line to the database is slow' },
  rehearses: {
    zh: `到写入节点的每个方向多出 ${delayMs} 毫秒：合并提交吸收延迟，订单照常。`,
    en: `${delayMs} ms more in each direction to the writer: group commit takes the delay in, and orders go on.`,
  },
  rows: ['S20', 'S28'],
  limits: { failedRequests: 0, longestGapMs: 3000, leftBehind: 0 },
  holdMs: 8000,
  async fault(scene) {
    const zone = await writerZone(scene);
    const line = await scene.lab.intercept(zone);
    scene.fault(`${delayMs} ms more each way to the writer in ${zone}`);
    await line.setLatency(delayMs);
    return async () => {
      await line.setLatency(0);
      await line.remove();
      scene.healed('the line is fast again');
    };
  },
};

export const cutCommits: Drill = {
  name: 'cut-commits',
  title: { zh: '提交成功，回答丢失', en: 'Committed, and the answer lost' },
  rehearses: {
    zh: '连接在 COMMIT 执行之后、回答之前被切断：没人知道结果，重试不得做两次。',
    en: 'Connections end after COMMIT was done and before its answer: nobody knows, and trying again must not do it twice.',
  },
  rows: ['S36', 'S28'],
  limits: { failedRequests: 0, longestGapMs: 3000, leftBehind: 0 },
  holdMs: 8000,
  async fault(scene) {
    const zone = await writerZone(scene);
    const line = await scene.lab.intercept(zone);
    scene.fault(`the answers of the next ${commits} commits are lost`);
    await line.cutCommits(commits);
    return async () => {
      const cuts = await line.cuts();
      if (cuts === 0) scene.trouble('no commit was cut');
      await line.remove();
      scene.healed(`${cuts} commits were cut; the line is whole`);
    };
  },
};
