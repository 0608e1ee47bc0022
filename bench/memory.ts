/** `npm run bench:memory [-- --flows 200000]`: the server's memory while it sells, one line for each twentieth of the way. */
import { parseArgs } from 'node:util';
import { load, prepareStore, startServer } from './shop-under-test.ts';

const { values } = parseArgs({ options: { flows: { type: 'string', default: '200000' } } });
const flows = Number(values.flows);
const steps = 20;
const store = await prepareStore({ url: undefined, skus: 1, cards: flows + 1000, label: 'memory' });
const server = await startServer(store.env);
const job = {
  kind: 'flow',
  secret: 'bench-sandbox-secret',
  skuIds: store.skuIds,
  connections: 128,
  flows: flows / steps,
  maxMs: 300_000,
} as const;
for (let step = 1; step <= steps; step++) {
  const { failed } = await load(server.port, job);
  const { rss, heap } = await server.ask<{ rss: number; heap: number }>('memory');
  process.stdout.write(
    `${(flows / steps) * step} orders: rss ${Math.round(rss / 1e6)} MB, heap ${Math.round(heap / 1e6)} MB${failed ? `, ${failed} failed` : ''}\n`,
  );
}
await server.stop();
store.remove();
