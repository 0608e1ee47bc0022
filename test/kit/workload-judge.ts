/** What buyers saw, summed up, and held against what the shop has on record. */
import type { Db } from '../../server/platform/db/database.ts';
import type { History, Operation, OperationKind, Outcome } from './workload.ts';

export interface Summary {
  seed: number;
  orders: number;
  ordersPerS: number;
  /** Requests that were not answered as a buyer wants, by kind and outcome. */
  troubles: Record<string, number>;
  firstTroubles: string[];
  /** Between two orders answered with success: the longest silence. */
  longestGapMs: number;
  p50Ms: number;
  p99Ms: number;
}

const isDone = ({ outcome }: Operation) => outcome === 'ok';

/** @param span only what ended in it: from performance.now() to performance.now() */
export function summaryOf(history: History, span: { fromMs?: number; toMs?: number } = {}): Summary {
  const { fromMs = 0, toMs = Number.POSITIVE_INFINITY } = span;
  const all = history.operations.filter(({ endedMs }) => endedMs >= fromMs && endedMs <= toMs);
  const placed = all.filter((one) => one.kind === 'place' && isDone(one));
  const times = placed.map(({ endedMs }) => endedMs).sort((a, b) => a - b);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const latencies = all.map(({ startedMs, endedMs }) => endedMs - startedMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  const troubled = all.filter((one) => !isDone(one));
  const troubles: Record<string, number> = {};
  for (const { kind, outcome } of troubled) {
    const name: `${OperationKind} ${Outcome}` = `${kind} ${outcome}`;
    troubles[name] = (troubles[name] ?? 0) + 1;
  }
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  return {
    seed: history.seed,
    orders: placed.length,
    ordersPerS: Math.round(placed.length / Math.max(seconds, 0.001)),
    troubles,
    firstTroubles: oneOfEach(troubled).map(({ kind, outcome, says }) => `${kind} ${outcome}: ${says}`),
    longestGapMs: Math.round(Math.max(0, ...gaps)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

/** The first trouble of each sort, and not three times the same. */
function oneOfEach(troubled: readonly Operation[]): Operation[] {
  const sorts = new Map<string, Operation>();
  for (const one of troubled) {
    const sort = `${one.kind} ${one.outcome} ${one.says?.slice(0, 3)}`;
    if (!sorts.has(sort)) sorts.set(sort, one);
  }
  return sorts.values().toArray();
}

/** @returns what the shop has forgotten, doubled or contradicted, in words; nothing when it has kept its word */
export async function brokenPromises({ flows }: History, db: Db): Promise<string[]> {
  const broken: string[] = [];
  const orders = new Map(
    (await db.selectFrom('orders').select(['id', 'status']).execute()).map(({ id, status }) => [id, status]),
  );
  const issues = new Map<string, number>();
  for (const { order_id } of await db.selectFrom('card_issues').select('order_id').execute()) {
    issues.set(order_id, (issues.get(order_id) ?? 0) + 1);
  }
  const holders = new Map<string, number>();
  const ids = new Map<string, number>();
  for (const { number, order, acknowledged, cancelled, soldOut, cards } of flows) {
    if (order && soldOut) broken.push(`buyer ${number} had an order and was then told that all is sold`);
    if (order) {
      const status = orders.get(order.id);
      if (status === undefined) broken.push(`order ${order.id} was promised and is not there`);
      else if (acknowledged && status !== 'delivered') broken.push(`order ${order.id} was paid and is ${status}`);
      else if (cancelled && status !== 'cancelled') broken.push(`order ${order.id} was cancelled and is ${status}`);
      if (acknowledged && issues.get(order.id) !== 1)
        broken.push(`order ${order.id} has ${issues.get(order.id)} cards`);
      if (ids.has(order.id)) broken.push(`buyers ${ids.get(order.id)} and ${number} have the same order`);
      ids.set(order.id, number);
    }
    for (const card of cards ?? []) {
      if (holders.has(card)) broken.push(`buyers ${holders.get(card)} and ${number} were shown the same card`);
      holders.set(card, number);
    }
  }
  return broken.slice(0, 10);
}

export function inWords(name: string, summary: Summary): string {
  const { seed, orders, ordersPerS, longestGapMs, p50Ms, p99Ms, troubles, firstTroubles } = summary;
  const trouble =
    Object.keys(troubles).length === 0 ? 'no trouble' : `${JSON.stringify(troubles)} ${firstTroubles.join(' | ')}`;
  return `${name}: ${orders} orders at ${ordersPerS}/s, longest gap ${longestGapMs} ms, p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${trouble} (seed ${seed})`;
}
