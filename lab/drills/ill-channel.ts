import type { MischiefName } from '../../gateways/mischief.ts';
import type { SimulatedKind } from '../topology.ts';
import type { Drill, Scene } from './drill.ts';

/** The network that buyers of the workload pay at besides the sandbox. */
export const payingNetwork: SimulatedKind = 'alipay';

export async function controlNetwork(
  { lab }: Pick<Scene, 'lab'>,
  operation: string,
  input: object = {},
): Promise<unknown> {
  const reply = await fetch(`${lab.topology.simulatorUrls[payingNetwork]}/_control/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  if (!reply.ok) throw new Error(`${operation}: ${await reply.text()}`);
  return reply.json();
}

const rate = (scene: Scene, name: MischiefName, share: number) => controlNetwork(scene, 'rate', { name, rate: share });

export const failingChannel: Drill = {
  name: 'failing-channel',
  title: { zh: '支付渠道故障', en: 'A payment channel fails' },
  rehearses: {
    zh: '网络对每个请求返回 502，回调全部丢失：渠道自动屏蔽，已付的钱由补偿扫描找回。',
    en: 'The network answers 502 to everything and sends no callbacks: it is blocked by itself, and scans find what was paid.',
  },
  rows: ['S19', 'S34', 'S28'],
  // Whoever wants to begin a payment there is told no while it is ill.
  limits: { longestGapMs: 1000, leftBehind: 0 },
  holdMs: 8000,
  async fault(scene) {
    scene.fault(`${payingNetwork} fails: 502 to everything, no callbacks`);
    await rate(scene, 'error-5xx', 1);
    await rate(scene, 'lost', 1);
    return async () => {
      await controlNetwork(scene, 'behave');
      scene.healed(`${payingNetwork} works again`);
    };
  },
};

export const lyingChannel: Drill = {
  name: 'lying-channel',
  title: { zh: '支付渠道说谎', en: 'A payment channel lies' },
  rehearses: {
    zh: '已付的说未付，签名错误，金额少一分，伪造回调，重复乱序：账不差一分，货不白发。',
    en: 'Paid is called unpaid, signatures are wrong, a cent is missing, forged and doubled callbacks: the books agree and nothing goes out for free.',
  },
  rows: ['S18', 'S34', 'S28'],
  limits: { longestGapMs: 1000, leftBehind: 0 },
  holdMs: 8000,
  async fault(scene) {
    scene.fault(`${payingNetwork} lies`);
    for (const name of [
      'query-disagrees',
      'wrong-signature',
      'wrong-amount',
      'forged',
      'doubled',
      'reordered',
      'lost',
    ] as const)
      await rate(scene, name, ['lost', 'wrong-amount'].includes(name) ? 0.2 : 0.4);
    return async () => {
      await controlNetwork(scene, 'behave');
      scene.healed(`${payingNetwork} tells the truth again`);
    };
  },
};
