/** What happens on the day, drawn from one seed: who buys where, who pays how, which network has a bad hour. */
import { seededRandom } from '../../gateways/serve-gateway.ts';

export interface SoakOptions {
  seed: number;
  orders: number;
  /** How long the day lasts. */
  seconds: number;
  store: 'sqlite' | 'mysql';
  /** Shop processes are killed so often on the way; 0 for none. */
  kills: number;
  /** Of all occasions, how many of each kind of mischief. */
  mischiefRate: number;
}

export type Behaviour = 'pays' | 'never-pays' | 'cancels-then-pays' | 'pays-then-refunded' | 'pays-then-refunded-there';

export interface PlannedOrder {
  atMs: number;
  channel: number;
  quantity: number;
  behaviour: Behaviour;
}

const behaviours: readonly [Behaviour, number][] = [
  ['pays', 0.85],
  ['never-pays', 0.06],
  ['cancels-then-pays', 0.03],
  ['pays-then-refunded', 0.04],
  ['pays-then-refunded-there', 0.02],
];

export function planDay({ seed, orders, seconds }: SoakOptions, channels: number): PlannedOrder[] {
  const random = seededRandom(seed);
  return Array.from({ length: orders }, (_, n) => ({
    atMs: (n / orders) * seconds * 1000,
    channel: Math.floor(random() * channels),
    quantity: 1 + Math.floor(random() ** 3 * 3),
    behaviour: pick(random()),
  }));
}

function pick(at: number): Behaviour {
  let left = at;
  for (const [behaviour, share] of behaviours) {
    left -= share;
    if (left < 0) return behaviour;
  }
  return 'pays';
}
