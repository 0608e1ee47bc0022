/**
 * Who comes when and does what, drawn from one seed: the same seed makes the same buyers, however the shop behaves. Arrivals
 * are open: nobody waits outside because the shop is slow, which is how a crowd meets a failure.
 */
import { seededRandom } from '../../gateways/serve-gateway.ts';

export const behaviours = [
  'buys', // looks, orders, pays, reads the cards
  'looks', // at the catalogue and a product, and leaves
  'cancels', // orders and thinks better of it
  'comes-back', // pays only after a while
  'asks-again', // sends the order and the payment twice, and reads the cards twice
  'looks-up', // buys, and finds the order again by contact and password
] as const;
export type Behaviour = (typeof behaviours)[number];

const shares: Readonly<Record<Behaviour, number>> = {
  buys: 0.72,
  looks: 0.1,
  cancels: 0.05,
  'comes-back': 0.06,
  'asks-again': 0.05,
  'looks-up': 0.02,
};

export interface PlannedBuyer {
  number: number;
  /** After the start of the workload. */
  arrivesMs: number;
  behaviour: Behaviour;
  /** Place in the lists of goods and tills, which the plan does not know. */
  goods: number;
  till: number;
  quantity: number;
  /** Before paying, of who comes back. */
  pausesMs: number;
}

export interface WorkloadPlan {
  seed: number;
  /** Orders a second; buyers who only look come on top. */
  ordersPerS: number;
}

/** Arrivals of a Poisson process: the pauses between them are exponential. Endless. */
export function* planBuyers({ seed, ordersPerS }: WorkloadPlan): Generator<PlannedBuyer, never> {
  const random = seededRandom(seed);
  const buyersPerMs = ordersPerS / (1 - shares.looks) / 1000;
  let arrivesMs = 0;
  for (let number = 0; ; number++) {
    arrivesMs += -Math.log(1 - random()) / buyersPerMs;
    yield {
      number,
      arrivesMs,
      behaviour: behaviourAt(random()),
      goods: random(),
      till: random(),
      quantity: random() < 0.9 ? 1 : 2,
      pausesMs: 1500 + random() * 4000,
    };
  }
}

function behaviourAt(place: number): Behaviour {
  let left = place;
  for (const behaviour of behaviours) {
    left -= shares[behaviour];
    if (left < 0) return behaviour;
  }
  return 'buys';
}
