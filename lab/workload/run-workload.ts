/** Lets the planned buyers come, each at their time, whatever the shop does meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import type { BuyerRecord, History, RequestRecord } from './history.ts';
import { type PlannedBuyer, planBuyers, type WorkloadPlan } from './plan-buyers.ts';
import type { Till } from './tills.ts';
import { walkBuyer } from './walk-buyer.ts';

export interface Goods {
  skuId: number;
  slug: string;
}

export interface WorkloadOptions extends WorkloadPlan {
  /** Begins the name of each buyer: two runs against one shop must not be the same people. */
  name?: string;
  /** The one address that buyers know. */
  origin: string;
  goods: readonly Goods[];
  tills(door: FrontDoor): readonly Till[];
  /** Who comes back late does so after this part of the planned time; for tests. */
  pauseShare?: number;
}

export interface Workload {
  readonly history: History;
  readonly door: FrontDoor;
  /** Buyers who are in the shop right now. */
  underWay(): number;
  /** Takes no new buyers. Resolves when those under way have ended or lost patience. */
  stop(): Promise<void>;
  /** Those who did not get to the end come back and ask again, with the same keys. @returns who never gets there, in words */
  finish(): Promise<string[]>;
  close(): void;
}

const patienceMs = 30_000;
const comeBackForMs = 60_000;
const comeBackAtOnce = 24;
const tickMs = 4;
/** So many would be a fault of this program, not a crowd: it says so instead of thinning them out quietly. */
const mostUnderWay = 20_000;

export function startWorkload(options: WorkloadOptions): Workload {
  const { seed, goods, name = `lab-${seed}`, pauseShare = 1 } = options;
  const door = openFrontDoor(options.origin);
  const tills = options.tills(door);
  const plan = planBuyers(options);
  const history: History = { seed, name, requests: door.requests, buyers: [] };
  const plans: PlannedBuyer[] = [];
  const going = new Set<Promise<void>>();
  let stopped = false;

  const at = <T>(list: readonly T[], place: number): T => list[Math.floor(place * list.length)] as T;

  async function send(buyer: BuyerRecord, patienceEndsMs: number): Promise<void> {
    const planned = plans[buyer.number] as PlannedBuyer;
    const { slug } = at(goods, planned.goods);
    const errand = {
      door,
      till: at(tills, planned.till),
      otherTill: tills[0] as Till,
      slug,
      pausesMs: planned.pausesMs * pauseShare,
      patienceEndsMs,
    };
    buyer.done = await walkBuyer(buyer, errand);
  }

  async function admit(): Promise<void> {
    const from = performance.now();
    let next = plan.next().value;
    while (!stopped) {
      while (next.arrivesMs <= performance.now() - from && !stopped) {
        if (going.size > mostUnderWay) throw new Error(`more than ${mostUnderWay} buyers are waiting`);
        plans.push(next);
        const buyer = newBuyer(next, name, at(goods, next.goods).skuId);
        history.buyers.push(buyer);
        const one: Promise<void> = send(buyer, performance.now() + patienceMs).finally(() => going.delete(one));
        going.add(one);
        next = plan.next().value;
      }
      await sleep(tickMs);
    }
  }

  const admitting = admit();
  admitting.catch(() => undefined);
  return {
    history,
    door,
    underWay: () => going.size,
    async stop() {
      stopped = true;
      await admitting;
      await Promise.all(going);
    },
    async finish() {
      const untilMs = performance.now() + comeBackForMs;
      let left = history.buyers.filter(({ done }) => !done);
      while (left.length > 0 && performance.now() < untilMs) {
        const queue = [...left];
        const work = async () => {
          for (let one = queue.pop(); one; one = queue.pop()) await send(one, performance.now() + 5000);
        };
        await Promise.all(Array.from({ length: comeBackAtOnce }, work));
        left = history.buyers.filter(({ done }) => !done);
        if (left.length > 0) await sleep(500);
      }
      return left.map((buyer) => leftBehind(buyer, door.requests));
    },
    close: () => door.close(),
  };
}

function leftBehind({ number, behaviour, statuses, order }: BuyerRecord, requests: readonly RequestRecord[]): string {
  const last = requests.findLast(({ buyer }) => buyer === number);
  const heard = last ? `${last.kind} ${last.outcome} ${last.status ?? ''} ${last.says ?? ''}` : 'nothing';
  return `buyer ${number} (${behaviour}) of order ${order?.id ?? 'none'}, ${statuses.join(' -> ')}: last heard ${heard}`;
}

function newBuyer({ number, behaviour, quantity }: PlannedBuyer, crowd: string, skuId: number): BuyerRecord {
  const name = `${crowd}-${number}`;
  return {
    number,
    behaviour,
    contact: `${name}@example.com`,
    key: name,
    skuId,
    quantity,
    ...(behaviour === 'looks-up' && { lookupPassword: `word-of-${number}` }),
    cancelled: false,
    statuses: [],
    done: false,
  };
}
