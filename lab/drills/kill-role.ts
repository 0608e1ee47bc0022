import type { Role } from '../../server/config.ts';
import { zones } from '../topology.ts';
import type { Drill } from './drill.ts';
import { anyZone, vipZone } from './known-places.ts';

const titles: Partial<Record<Role, { zh: string; en: string }>> = {
  order: { zh: '订单服务进程被杀', en: 'An order service is killed' },
  card: { zh: '卡密服务进程被杀', en: 'A card service is killed' },
  payment: { zh: '支付服务进程被杀', en: 'A payment service is killed' },
  account: { zh: '用户中心全部停机', en: 'The user centre is gone altogether' },
  admin: { zh: '管理后台全部停机', en: 'The desk is gone altogether' },
};

/** Of the roles that the shop sells without, every process at once; of the others one. */
const killRole = (role: Role, everywhere = false): Drill => ({
  name: `kill-${role}`,
  title: titles[role] ?? { zh: role, en: role },
  rehearses: everywhere
    ? {
        zh: '该服务的所有进程同时断电，店铺照常销售。',
        en: 'Every process of the role ends at once; the shop sells on without it.',
      }
    : {
        zh: '一个进程被 SIGKILL，其它可用区的同类进程接管，买家无感。',
        en: 'One process ends by SIGKILL; those of the other zones go on, and no buyer notices.',
      },
  rows: everywhere ? ['S7', 'S28'] : ['S8', 'S28'],
  limits: { failedRequests: 0, longestGapMs: 1000, leftBehind: 0 },
  async fault(scene) {
    const { lab } = scene;
    const there = zones.filter((zone) => lab.processes.some((one) => one.kind === role && one.zone === zone));
    // The proxy prefers no zone; yet where the virtual IP is, a killed role would be missed first.
    const vip = lab.topology.namespaces ? await vipZone(scene) : undefined;
    const one =
      vip && there.includes(vip)
        ? vip
        : anyZone(
            scene,
            zones.filter((zone) => !there.includes(zone)),
          );
    const victims = (everywhere ? there : [one]).map((zone) => lab.process(role, zone));
    scene.fault(`${victims.map(({ name }) => name).join(' and ')} killed`);
    await Promise.all(victims.map((victim) => victim.kill()));
    return async () => {
      await Promise.all(victims.map((victim) => victim.start()));
      scene.healed(`${victims.map(({ name }) => name).join(' and ')} started again`);
    };
  },
});

export const killOrder = killRole('order');
export const killCard = killRole('card');
export const killPayment = killRole('payment');
export const killAccount = killRole('account', true);
export const killAdmin = killRole('admin', true);
