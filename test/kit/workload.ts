/**
 * Buyers at a steady rate, whatever the shop does meanwhile: each places an order, pays it by a signed callback and asks for
 * the cards. A few send things twice, a few leave. What each saw is recorded, to be held against the shop's books afterwards.
 * The same seed makes the same buyers.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlaceOrderReply } from '../../contract/shop.ts';
import { type Buyer, buyerAt, type Reply, type Trade, tradeFor, type Wish } from './buyer.ts';

/** ok: done, and said so. later: recorded, to be done. sold-out: a no that is final. fail: refused. unknown: no answer. */
export type Outcome = 'ok' | 'later' | 'sold-out' | 'fail' | 'unknown';
export type OperationKind = 'place' | 'pay' | 'cards' | 'cancel';

export interface Operation {
  kind: OperationKind;
  flow: number;
  startedMs: number;
  endedMs: number;
  outcome: Outcome;
  /** What was said, when it was not ok. */
  says?: string;
}

export interface Flow {
  number: number;
  wish: Wish & { key: string };
  leaves: boolean;
  order?: { id: string; token: string };
  trade?: Trade;
  /** The shop has told the channel that it has the payment. */
  acknowledged: boolean;
  cancelled: boolean;
  soldOut: boolean;
  cards?: readonly string[];
}

export interface History {
  seed: number;
  flows: readonly Flow[];
  operations: readonly Operation[];
}

export interface Workload {
  readonly history: History;
  /** Takes no new buyers; resolves when those under way have ended. */
  stop(): Promise<void>;
  /** Every buyer who was left without an answer or with a refusal asks again, with the same keys, until all is done. */
  finish(): Promise<void>;
}

export interface WorkloadOptions {
  /** Addresses of the shop's processes; each request goes to one of them. */
  origins: readonly string[];
  skuIds: readonly number[];
  ordersPerS: number;
  seed: number;
}

/** Beyond it buyers wait outside: the generator must not be what fails. */
const mostUnderWay = 600;
const tickMs = 5;
const twice = 0.05;
const leaving = 0.03;
const finishAtOnce = 32;
const finishTries = 40;

export function startWorkload({ origins, skuIds, ordersPerS, seed }: WorkloadOptions): Workload {
  const random = numbersFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const doors = origins.map((origin) => buyerAt(origin, 512));
  const flows: Flow[] = [];
  const operations: Operation[] = [];
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  async function operate<T>(
    flow: Flow,
    kind: OperationKind,
    act: (door: Buyer) => Promise<Reply<T>>,
    read: (reply: Reply<T>) => Outcome,
  ): Promise<Outcome> {
    const startedMs = performance.now();
    let outcome: Outcome = 'unknown';
    let says: string | undefined;
    try {
      const reply = await act(pick(doors));
      outcome = read(reply);
      if (outcome !== 'ok') says = `${reply.status} ${reply.text.slice(0, 200)}`;
    } catch (error) {
      says = String(error);
    }
    const operation = { kind, flow: flow.number, startedMs, endedMs: performance.now(), outcome };
    operations.push(says === undefined ? operation : { ...operation, says });
    return outcome;
  }

  const place = (flow: Flow) =>
    operate<PlaceOrderReply>(
      flow,
      'place',
      (door) => door.place(flow.wish),
      ({ status, body, problem }) => {
        if (status === 202) return 'later';
        flow.soldOut = problem?.code === 'sold_out';
        if (flow.soldOut) return 'sold-out';
        if (status !== 201) return 'fail';
        const order = { id: body.order.id, token: body.accessToken };
        if (flow.order && flow.order.id !== order.id) return 'fail';
        flow.order = order;
        if (body.payment) flow.trade ??= tradeFor(body.payment);
        return 'ok';
      },
    );

  const pay = (flow: Flow, trade: Trade) =>
    operate(
      flow,
      'pay',
      (door) => door.callback(trade),
      ({ text }) => {
        if (text !== 'success') return 'fail';
        flow.acknowledged = true;
        return 'ok';
      },
    );

  const askCards = (flow: Flow, { id, token }: { id: string; token: string }) =>
    operate(
      flow,
      'cards',
      (door) => door.cards(id, token),
      ({ status, body }) => {
        if (status !== 200 || body.cards.length === 0) return 'fail';
        const cards = body.cards.map((card) => `${card.number ?? ''} ${card.secret}`);
        if (flow.cards && flow.cards.join() !== cards.join()) return 'fail';
        flow.cards = cards;
        return 'ok';
      },
    );

  const cancel = (flow: Flow, { id, token }: { id: string; token: string }) =>
    operate(
      flow,
      'cancel',
      (door) => door.cancel(id, token),
      ({ status }) => {
        if (status === 200) flow.cancelled = true;
        return status === 200 ? 'ok' : 'fail';
      },
    );

  /** From where this buyer stands to the end, or to the first thing that is not ok. @returns whether it is done */
  async function go(flow: Flow): Promise<boolean> {
    if ((await place(flow)) !== 'ok' || !flow.order) return false;
    if (flow.leaves) return (await cancel(flow, flow.order)) === 'ok';
    if (!flow.trade) return false;
    if ((await pay(flow, flow.trade)) !== 'ok') return false;
    if ((await askCards(flow, flow.order)) !== 'ok') return false;
    if (random() < twice) return (await pay(flow, flow.trade)) === 'ok' && (await place(flow)) === 'ok';
    return true;
  }

  const isDone = (flow: Flow) => flow.soldOut || (flow.leaves ? flow.cancelled : flow.cards !== undefined);

  async function keepOn(): Promise<void> {
    const from = performance.now();
    while (!stopped) {
      const due = Math.floor(((performance.now() - from) / 1000) * ordersPerS);
      while (flows.length < due && underWay.size < mostUnderWay && !stopped) {
        const number = flows.length;
        const wish = { skuId: pick(skuIds), contact: `buyer-${seed}-${number}`, key: `workload-${seed}-${number}-key` };
        const flow: Flow = {
          number,
          wish,
          leaves: random() < leaving,
          acknowledged: false,
          cancelled: false,
          soldOut: false,
        };
        flows.push(flow);
        const going = go(flow).then(() => void underWay.delete(going));
        underWay.add(going);
      }
      await sleep(tickMs);
    }
  }

  const keeping = keepOn();
  return {
    history: { seed, flows, operations },
    async stop() {
      stopped = true;
      await keeping;
      await Promise.all(underWay);
    },
    async finish() {
      for (let tries = 0; tries < finishTries; tries++) {
        const left = flows.filter((flow) => !isDone(flow));
        if (left.length === 0) return;
        const queue = [...left];
        const work = async () => {
          for (let flow = queue.pop(); flow; flow = queue.pop()) await go(flow);
        };
        await Promise.all(Array.from({ length: finishAtOnce }, work));
        if (flows.some((flow) => !isDone(flow))) await sleep(250);
      }
      const left = flows.find((flow) => !isDone(flow));
      const last = operations.findLast(({ flow }) => flow === left?.number);
      if (left) throw new Error(`a buyer of seed ${seed} never gets there: ${JSON.stringify({ left, last })}`);
    },
  };
}

/** mulberry32 */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
