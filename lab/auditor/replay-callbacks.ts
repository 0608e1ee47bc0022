/** Sends callbacks that were acknowledged long ago again, several times, from many hands and in another order. */
import { seededRandom } from '../../gateways/serve-gateway.ts';
import type { FrontDoor } from '../workload/front-door.ts';
import type { History } from '../workload/history.ts';
import { sandboxTill } from '../workload/tills.ts';
import type { NodeDump } from './evidence.ts';

const buyers = 40;
const times = 3;

export async function replayCallbacks(
  history: History,
  door: FrontDoor,
  secret: string,
): Promise<{ callbacks: number; refused: string[] }> {
  const random = seededRandom(history.seed + 1);
  const till = sandboxTill(door, secret);
  const paid = history.buyers.filter(({ trade }) => trade?.acknowledged && trade.channel === till.code);
  const chosen = Array.from({ length: Math.min(buyers, paid.length) }, () => paid[Math.floor(random() * paid.length)]);
  const repeats = chosen.flatMap((one) => Array.from({ length: times }, () => one)).sort(() => random() - 0.5);
  const refused: string[] = [];
  await Promise.all(
    repeats.map(async (buyer) => {
      if (!buyer?.trade) return;
      const said = await till.pay(buyer, { ...buyer.trade }, undefined as never);
      if (!said) refused.push(`the callback of ${buyer.trade.outTradeNo} was not acknowledged the second time`);
    }),
  );
  return { callbacks: repeats.length, refused };
}

/** What differs between two readings of the shop that should be equal. */
export function changesBetween(before: NodeDump, after: NodeDump): string[] {
  const tables = ['orders', 'cards', 'issues', 'payments', 'proofs', 'refunds'] as const;
  return tables.flatMap((table) => {
    const [old, now] = [before[table], after[table]].map((rows) => new Set(rows.map((row) => JSON.stringify(row))));
    const changed = [...(now ?? [])].filter((row) => !old?.has(row));
    const gone = (old?.size ?? 0) - ((now?.size ?? 0) - changed.length);
    return changed.length + gone === 0 ? [] : [`${table}: ${changed.length} rows changed, for example ${changed[0]}`];
  });
}
