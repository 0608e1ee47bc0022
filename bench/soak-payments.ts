/** npm run soak:payments -- --orders 20000 --seconds 600 --store mysql --seed 7 --kills 10 */
import { parseArgs } from 'node:util';
import { runSoak } from './soak/run-soak.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '20000' },
    seconds: { type: 'string' },
    store: { type: 'string', default: 'mysql' },
    seed: { type: 'string' },
    kills: { type: 'string', default: '10' },
    mischief: { type: 'string', default: '0.05' },
    json: { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
process.stdout.write(`seed ${seed}\n`);
const report = await runSoak(
  {
    seed,
    orders,
    seconds: Number(values.seconds ?? Math.ceil(orders * 0.03)),
    store: values.store === 'sqlite' ? 'sqlite' : 'mysql',
    kills: Number(values.kills),
    mischiefRate: Number(values.mischief),
  },
  (text) => process.stderr.write(`${text}\n`),
);
process.stdout.write(`${JSON.stringify(report, null, values.json ? 0 : 2)}\n`);
process.exitCode = report.ok ? 0 : 1;
// A database server of the kit ends with its parent.
setTimeout(() => process.exit(), 2000).unref();
