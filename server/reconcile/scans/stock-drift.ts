import { openReviewCases } from '../../payment/review-store.ts';
import { stockDrift } from '../stock-drift-store.ts';
import type { Scan } from './scan.ts';

const atOnce = 100;

export const stockDriftScan: Scan = {
  name: 'stock-drift',
  says: 'Compares the cards of each SKU and region with what its imports brought; opens a review case for a difference.',
  everyMs: 10 * 60_000,
  runsOn: 'leader',
  async run(deps) {
    const drifts = await stockDrift(deps.database.read, atOnce);
    if (drifts.length === 0) return { found: 0, mended: 0 };
    deps.log.error({ drifts: drifts.slice(0, 10) }, 'the stock is not what was imported');
    await deps.database.transact('stock.drift', async (tx) => {
      await deps.confirm(tx);
      await openReviewCases(
        tx,
        drifts.map(({ sku_id, region, imported, counted }) => ({
          kind: 'stock_drift',
          // With the numbers: a drift that grows after its case was closed is a new case.
          about: `${sku_id}:${region}:${imported}:${counted}`,
          detail: { skuId: sku_id, region, imported, counted },
        })),
        deps.clock.now(),
      );
    });
    return { found: drifts.length, mended: 0 };
  },
};
