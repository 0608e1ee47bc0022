/**
 * `node bench/desk.ts [-- --store mysql --orders 1000000]`: how long the server takes for the owner's lists and figures
 * in a shop with a past. A tenth of its orders has expired; the past is 400 days long, or `--days` long.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../server/platform/clock.ts';
import { orderId } from '../server/platform/ids.ts';
import { client, startShop } from '../test/kit/shop-server.ts';
import { insertPastTrade } from './old-orders.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    orders: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '400' },
  },
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
});
const count = Number(values.orders);
const dayMs = 86_400_000;
const pastMs = Number(values.days) * dayMs;
const atOnce = 2000;
const repeats = 5;

const shop = await startShop(values.store === 'mysql' ? 'mysql' : 'sqlite', { CARDWELL_SAMPLE_DATA: 'off' });
const { database } = shop.context;
const now = systemClock.now();
for (let from = 0; from < count; from += atOnce) {
  const orders = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => {
    const at = now - pastMs + Math.floor(((from + i) / count) * pastMs);
    return { n: from + i, at, id: orderId('A0', at) };
  });
  const expired = orders.filter(({ n }) => n % 10 === 3).map(({ id }) => id);
  await database.transact('bench.past', async (tx) => {
    await insertPastTrade(tx, orders, { skuId: 1, region: 'A0' });
    const unpaid = { status: 'expired', paid_at: null, delivered_at: null, received_minor: 0 };
    await tx.updateTable('orders').set(unpaid).where('id', 'in', expired).execute();
  });
  if (from % 100_000 === 0) process.stderr.write(`  ${from} orders\n`);
}

const admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
const day = (days: number) => now - days * dayMs;
const base = '/api/admin/v1';
const calls: Record<string, (n: number) => string> = {
  // Another range each time: days gone by are kept for some minutes, and an answer for some seconds.
  'overview, 30 days by hour, nothing kept': (n) => `${base}/overview?from=${day(30) + n}&to=${now}&stepMs=3600000`,
  'overview, 30 days by hour, asked again': (n) => `${base}/overview?from=${day(30)}&to=${now + n}&stepMs=3600000`,
  'overview, today': (n) => `${base}/overview?from=${day(1) + n}&to=${now}&stepMs=3600000`,
  'orders, first page': () => `${base}/orders`,
  'orders, the middle': () => `${base}/orders?to=${now - pastMs / 2}`,
  'orders, one old day': () => `${base}/orders?from=${now - pastMs * 0.9}&to=${now - pastMs * 0.9 + dayMs}`,
  expired: () => `${base}/orders?status=expired`,
  'expired, one old day': () =>
    `${base}/orders?status=expired&from=${now - pastMs * 0.9}&to=${now - pastMs * 0.9 + dayMs}`,
  'review (there are none)': () => `${base}/orders?status=review`,
  'pending (there are none)': () => `${base}/orders?status=pending`,
  'contact, one buyer': () => `${base}/orders?q=old1234@`,
  'contact, beginning of all': () => `${base}/orders?q=old`,
  'contact, beginning of all, no such status': () => `${base}/orders?q=old&status=review`,
  'a number of nobody': () => `${base}/orders?q=NOSUCHTRADE123`,
};
for (const [name, path] of Object.entries(calls)) {
  const times: number[] = [];
  for (let n = 0; n < repeats; n++) {
    const from = performance.now();
    const reply = await admin('GET', path(n));
    times.push(performance.now() - from);
    if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`);
  }
  const [median = 0, most = 0] = [times.sort((a, b) => a - b)[repeats >> 1], times.at(-1)];
  process.stdout.write(`${name.padEnd(44)} median ${median.toFixed(0).padStart(5)} ms, most ${most.toFixed(0)} ms\n`);
}
await shop.close();
process.exit(0);
