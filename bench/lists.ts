/**
 * `npm run bench:lists [-- --store mysql --rows 1000000]`: how long the server takes for the owner's lists and figures in a shop
 * with a past, beside the same calls in the shop while it was empty. Seeds once, in minutes; the past is 400 days long.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../server/platform/clock.ts';
import { client, startShop } from '../test/kit/shop-server.ts';
import { seedAuditLog, seedCards, seedOrders } from './seed-lists.ts';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    rows: { type: 'string', default: '1000000' },
    days: { type: 'string', default: '400' },
  },
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
});
const count = Number(values.rows);
const dayMs = 86_400_000;
const pastMs = Number(values.days) * dayMs;
const repeats = 5;
/** What the owner should never wait longer for. */
const limitMs = 300;

// Without the worker: its scans would read the same rows at the same time.
const shop = await startShop(values.store === 'mysql' ? 'mysql' : 'sqlite', { CARDWELL_SAMPLE_DATA: 'off' }, [
  'order',
  'card',
  'payment',
  'admin',
]);
const { database } = shop.context;
const now = systemClock.now();
const admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
const day = (days: number) => now - days * dayMs;
const oldDay = now - pastMs * 0.9;
const base = '/api/admin/v1';
const calls: Record<string, (n: number) => string> = {
  // Another range each time: days gone by are kept for some minutes, and an answer for some seconds.
  'overview, 30 days by hour, nothing kept': (n) => `${base}/overview?from=${day(30) + n}&to=${now}&stepMs=3600000`,
  'overview, 30 days by hour, asked again': (n) => `${base}/overview?from=${day(30)}&to=${now + n}&stepMs=3600000`,
  'overview, today': (n) => `${base}/overview?from=${day(1) + n}&to=${now}&stepMs=3600000`,
  'orders, first page': () => `${base}/orders`,
  'orders, the middle': () => `${base}/orders?to=${now - pastMs / 2}`,
  'orders, one old day': () => `${base}/orders?from=${oldDay}&to=${oldDay + dayMs}`,
  'orders, expired': () => `${base}/orders?status=expired`,
  'orders, expired, one old day': () => `${base}/orders?status=expired&from=${oldDay}&to=${oldDay + dayMs}`,
  'orders, review (there are none)': () => `${base}/orders?status=review`,
  'orders, pending (there are none)': () => `${base}/orders?status=pending`,
  'orders, one buyer': () => `${base}/orders?q=old1234@`,
  'orders, beginning of all contacts': () => `${base}/orders?q=old`,
  'orders, beginning of all, no such status': () => `${base}/orders?q=old&status=review`,
  'orders, a number of nobody': () => `${base}/orders?q=NOSUCHTRADE123`,
  'cards, first page of a SKU': () => `${base}/cards?skuId=1`,
  'cards, sold, deep in the list': () => `${base}/cards?skuId=1&status=sold&before=${Math.floor(count / 4)}`,
  'cards, one old import': () => `${base}/cards?skuId=2&batchId=1`,
  'cards, one old import, for sale': () => `${base}/cards?skuId=2&batchId=1&status=available`,
  'cards, the recycle bin of all SKUs': () => `${base}/cards?status=withdrawn`,
  'cards, quarantine (there are none)': () => `${base}/cards?status=quarantined`,
  'cards, imports': () => `${base}/cards/batches?skuId=1`,
  'audit log, first page': () => `${base}/audit-log`,
  'audit log, deep in the list': () => `${base}/audit-log?before=${Math.floor(count / 3)}`,
  'audit log, one action': () => `${base}/audit-log?action=order.refund`,
  'audit log, one subject': () => `${base}/audit-log?subject=product:17`,
  'audit log, one action of one subject': () => `${base}/audit-log?action=order.refund&subject=product:16`,
  'audit log, an action of nobody': () => `${base}/audit-log?action=nothing.done`,
};

async function measure(): Promise<Map<string, { median: number; most: number }>> {
  const found = new Map<string, { median: number; most: number }>();
  for (const [name, path] of Object.entries(calls)) {
    const times: number[] = [];
    for (let n = 0; n < repeats; n++) {
      const from = performance.now();
      const reply = await admin('GET', path(n));
      times.push(performance.now() - from);
      if (reply.status !== 200) throw new Error(`${name}: ${JSON.stringify(reply.body)}`);
    }
    times.sort((a, b) => a - b);
    found.set(name, { median: times[repeats >> 1] as number, most: times.at(-1) as number });
  }
  return found;
}

const empty = await measure();
const seed = { database, count, pastMs };
await seedOrders(seed);
await seedCards(seed);
await seedAuditLog(seed);
const full = await measure();
process.stdout.write(`${count} orders, cards and audit entries each, ${values.store}; milliseconds\n`);
process.stdout.write(`${''.padEnd(44)}  median    most  empty shop\n`);
for (const [name, { median, most }] of full) {
  const columns = [median, most, empty.get(name)?.median ?? 0].map((ms) => ms.toFixed(0).padStart(7));
  process.stdout.write(`${name.padEnd(44)} ${columns.join(' ')}${median > limitMs ? `  over ${limitMs}` : ''}\n`);
}
await shop.close();
process.exit(0);
