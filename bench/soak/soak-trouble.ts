/** What goes wrong on the day besides the small things. */
import { type RunningGateway, seededRandom } from '../../gateways/serve-gateway.ts';
import type { ShopProcess } from '../../test/kit/shop-process.ts';
import type { SoakOptions } from './soak-plan.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Bad hours of single networks, and the power cord of a shop. @returns stops it, with everybody up again */
export function makeTrouble(
  options: SoakOptions,
  running: readonly RunningGateway[],
  processes: readonly ShopProcess[],
  up: Set<ShopProcess>,
  onKill: () => void,
): () => Promise<void> {
  const random = seededRandom(options.seed ^ 0x5eed);
  let over = false;
  const loops = [
    (async () => {
      while (!over) {
        const ill = running[Math.floor(random() * running.length)] as RunningGateway;
        await sleep(options.seconds * 60);
        ill.mischief.rate('error-5xx', 0.9);
        await sleep(options.seconds * 40);
        ill.mischief.rate('error-5xx', options.mischiefRate);
      }
    })(),
    (async () => {
      for (let n = 0; n < options.kills && !over; n++) {
        await sleep((options.seconds * 1000) / (options.kills + 1));
        const victim = processes[Math.floor(random() * processes.length)] as ShopProcess;
        up.delete(victim);
        await victim.kill();
        onKill();
        await victim.start();
        up.add(victim);
      }
    })(),
  ];
  return async () => {
    over = true;
    await Promise.all(loops);
  };
}
