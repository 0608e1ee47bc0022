/** Any sequence of what can happen to a shop ends as a model of a hundred lines says it must. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DialectName } from '../../server/platform/db/database.ts';
import { flawsOf } from '../kit/shop-audit.ts';
import { newTradingShop } from '../kit/trading-shop.ts';
import { realShop } from './model/real-shop.ts';
import { ShopModel } from './model/shop-model.ts';
import { steps } from './model/steps.ts';

const seed = Number(process.env.CARDWELL_TEST_SEED ?? Date.now() % 2 ** 31);
/** As many sequences as fit into the time; a machine under load does fewer. */
const sequences: readonly { dialect: DialectName; forMs: number; atLeast: number }[] = [
  { dialect: 'sqlite', forMs: 15_000, atLeast: 20 },
  { dialect: 'mysql', forMs: 8_000, atLeast: 5 },
];

describe(`sequences of operations against the model, seed ${seed}`, () => {
  for (const { dialect, forMs, atLeast } of sequences) {
    test(dialect, async (t) => {
      const shop = await newTradingShop(dialect);
      t.after(() => shop.close());
      let done = 0;
      let taken = 0;
      let underWay = Promise.resolve();
      const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => {
        const setUp = async () => ({ model: new ShopModel(2), real: await realShop(shop) });
        underWay = fc.asyncModelRun(setUp, commands);
        await underWay;
        done++;
        taken += [...commands].length;
      });
      await fc.assert(property, { seed, numRuns: 10_000, interruptAfterTimeLimit: forMs, endOnFailure: false });
      // When the time is over, the sequence under way is left to itself; the audit must not look into the middle of it.
      await underWay;
      t.diagnostic(`${done} sequences, ${taken} steps`);
      assert.ok(done >= atLeast, `only ${done} sequences`);
      const journalFolders = [shop.world.journalFolder];
      assert.deepEqual(await flawsOf({ database: shop.database, clock: shop.clock, journalFolders }), []);
    });
  }
});
