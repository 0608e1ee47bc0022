/**
 * `npm run bench:scale [-- --store sqlite|mysql]`: does the shop slow down as it grows? The same load on a small shop
 * (20,000 cards) and on a large one (1,000,000 cards, 500,000 orders of the past), in turn, several times, in one run.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../server/platform/clock.ts';
import { openDatabase } from '../server/platform/db/open-database.ts';
import { sharedMariadb } from '../test/kit/mariadb.ts';
import { seedOldOrders } from './old-orders.ts';
import { type BenchServer, type BenchStore, load, prepareStore, startServer } from './shop-under-test.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    cards: { type: 'string', default: '1000000' },
    orders: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const flows = 3000;
const rounds = Number(values.rounds);
const mariadb = values.store === 'mysql' ? await sharedMariadb() : undefined;
const say = (text: string) => values.json || process.stderr.write(text);

async function shop(label: string, cards: number, orders: number): Promise<BenchStore> {
  say(`${label}: ${cards} cards, ${orders} old orders …\n`);
  const store = await prepareStore({ url: await mariadb?.newDatabase(), skus: 1, cards: cards + orders, label });
  const database = openDatabase({ url: store.env.DATABASE_URL as string, clock: systemClock });
  const onProgress = (done: number) => done % 50_000 === 0 && say(`  ${done} old orders\n`);
  await seedOldOrders(
    { database, clock: systemClock, region: 'A0' },
    { skuId: store.skuIds[0] as number, orders, onProgress },
  );
  await database.close();
  return store;
}

async function rate(server: BenchServer, store: BenchStore): Promise<number> {
  const job = {
    kind: 'flow',
    secret: 'bench-sandbox-secret',
    skuIds: store.skuIds,
    connections: 128,
    flows,
    maxMs: 120_000,
  } as const;
  const result = await load(server.port, job);
  if (result.failed > 0) throw new Error(`${result.failed} failed: ${result.failures.join('; ')}`);
  return result.flows / result.seconds;
}

const stores = [
  await shop('small', 20_000 + flows * (rounds + 1), 0),
  await shop('large', Number(values.cards), Number(values.orders)),
] as const;
const servers = [await startServer(stores[0].env), await startServer(stores[1].env)] as const;
await rate(servers[0], stores[0]);
await rate(servers[1], stores[1]);
const shares: number[] = [];
const rates: [number, number][] = [];
for (let round = 0; round < rounds; round++) {
  const small = await rate(servers[0], stores[0]);
  const large = await rate(servers[1], stores[1]);
  rates.push([Math.round(small), Math.round(large)]);
  shares.push(large / small);
  say(`  small ${Math.round(small)}, large ${Math.round(large)} orders/s: ${Math.round((large / small) * 100)} %\n`);
}
for (const server of servers) await server.stop();
for (const store of stores) store.remove();
const median = shares.sort((a, b) => a - b)[shares.length >> 1] ?? 0;
const result = { store: values.store, smallAndLargePerSecond: rates, medianShare: Math.round(median * 100) / 100 };
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `The large shop makes ${Math.round(median * 100)} % of the small one's rate (median of ${rounds}).\n`,
);
