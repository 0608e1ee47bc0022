/** What runs out is told when it falls to its warning line and when nothing is left; once each, until there is more again. */
import { type Alarm, endAlarm, goingAlarms, raiseAlarm } from '../../platform/alarm-store.ts';
import { type WatchedSku, watchedSkus } from '../overview/overview-store.ts';
import type { Scan } from './scan.ts';
import { countUpTo, everStocked } from './stocked-sku-store.ts';

const skusWatched = 5000;

export const stockAlertsScan: Scan = {
  name: 'stock-alerts',
  says: 'Tells when a variant falls to its warning line, is sold out, and is back.',
  everyMs: 15_000,
  runsOn: 'leader',
  async run({ database, clock, region, confirm }) {
    const skus = await watchedSkus(database.read, skusWatched);
    const ids = skus.map((sku) => sku.skuId);
    const [counts, stocked, going] = await Promise.all([
      countUpTo(
        database.read,
        region,
        skus.map(({ skuId, lowStockAt }) => ({ skuId, upTo: lowStockAt + 1 })),
      ),
      everStocked(database.read, ids),
      goingAlarms(database.read, 'stock.'),
    ]);
    const names = new Set(going.map((alarm) => alarm.name));
    const changes = skus
      .filter((sku) => stocked.has(sku.skuId))
      .flatMap((sku) => changesOf(sku, counts.get(sku.skuId) ?? 0, names, region));
    if (changes.length === 0) return { found: 0, mended: 0 };
    await database.transact('stock.alerts', async (tx) => {
      await confirm(tx);
      for (const { raise, alarm } of changes)
        await (raise ? raiseAlarm(tx, alarm, clock.now()) : endAlarm(tx, alarm, clock.now()));
    });
    return { found: changes.length, mended: 0 };
  },
};

/** Only what differs from what goes on already: a shop where nothing changes writes nothing. */
function changesOf(
  sku: WatchedSku,
  available: number,
  going: ReadonlySet<string>,
  region: string,
): { raise: boolean; alarm: Alarm }[] {
  const { skuId, productName, skuName, lowStockAt: threshold } = sku;
  const detail = { skuId, name: [productName, skuName].filter(Boolean).join(' '), available, threshold };
  const name = (kind: string) => `stock.${kind}:${skuId}:${region}`;
  const out = { name: name('out'), begins: 'stock.out', ends: 'stock.back', detail } as const;
  const low = { name: name('low'), begins: 'stock.low', detail } as const;
  return [
    { alarm: out, raise: available === 0 },
    // Who has heard that it is low need not hear it again when the last ones go, only when there were more in between.
    { alarm: low, raise: available > 0 ? available <= threshold : going.has(low.name) },
  ].filter(({ alarm, raise }) => raise !== going.has(alarm.name));
}
