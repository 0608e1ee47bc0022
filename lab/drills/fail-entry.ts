import type { Drill } from './drill.ts';
import { vipZone } from './known-places.ts';

/** A gap below a second: see how fast the address drifts. */
const limits = { longestGapMs: 1000, leftBehind: 0 };

export const killVipHolder: Drill = {
  name: 'kill-vip-holder',
  namespaces: true,
  title: { zh: '虚拟 IP 持有者断电', en: 'The holder of the virtual IP dies' },
  rehearses: {
    zh: 'keepalived 与它的 HAProxy 同时被杀：地址漂移到另一台。',
    en: 'keepalived and its HAProxy end together: the address drifts to another machine.',
  },
  rows: ['S2', 'S28'],
  limits,
  async fault(scene) {
    const zone = await vipZone(scene);
    const pair = [scene.lab.process('keepalived', zone), scene.lab.process('haproxy', zone)];
    scene.fault(`keepalived ${zone} and haproxy ${zone} killed`);
    await Promise.all(pair.map((one) => one.kill()));
    return async () => {
      await pair[1]?.start();
      await pair[0]?.start();
      scene.healed(`keepalived ${zone} and haproxy ${zone} started again`);
    };
  },
};

export const killProxy: Drill = {
  name: 'kill-proxy',
  namespaces: true,
  title: { zh: '入口 HAProxy 被杀', en: 'The proxy of the virtual IP is killed' },
  rehearses: {
    zh: '只有代理进程死亡：检查脚本发现后地址让给另一台。',
    en: 'Only the proxy ends: the check notices, and the address goes where a proxy lives.',
  },
  rows: ['S2', 'S28'],
  limits,
  async fault(scene) {
    const zone = await vipZone(scene);
    const proxy = scene.lab.process('haproxy', zone);
    scene.fault(`haproxy ${zone} killed`);
    await proxy.kill();
    return async () => {
      await proxy.start();
      scene.healed(`haproxy ${zone} started again`);
    };
  },
};
