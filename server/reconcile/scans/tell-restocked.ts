import { tellRestocked } from '../../delivery/restock/tell-restocked.ts';
import type { Scan } from './scan.ts';
import { countUpTo, skusOnSale } from './stocked-sku-store.ts';

export const tellRestockedScan: Scan = {
  name: 'tell-restocked',
  says: 'Writes to buyers who wait for a variant that is back, twice as many as there are cards.',
  everyMs: 5_000,
  runsOn: 'leader',
  async run(deps) {
    const { database, region, mailEnabled } = deps;
    if (!mailEnabled) return { found: 0, mended: 0 };
    const queued = await tellRestocked({
      ...deps,
      async available(skus) {
        const onSale = await skusOnSale(
          database.read,
          skus.map((sku) => sku.skuId),
        );
        return countUpTo(
          database.read,
          region,
          skus.filter((sku) => onSale.has(sku.skuId)),
        );
      },
    });
    return { found: queued, mended: queued };
  },
};
