import { stockDrift } from '../stock-drift-store.ts';
import type { Check } from './check.ts';
import { sampleSize } from './check.ts';

const most = 1000;

export const stockAddsUp: Check = {
  id: 'INV-6',
  says: 'Per SKU and region, the cards there are in all states are those imported and moved in, less those moved out and purged.',
  async run({ database }) {
    const drifts = await stockDrift(database.read, most);
    const sample = drifts.slice(0, sampleSize);
    return {
      found: drifts.length,
      sample: sample.map((one) => `SKU ${one.sku_id} in ${one.region}: imported ${one.imported}, there ${one.counted}`),
    };
  },
};
