import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantityAllowed, unitPriceMinor } from './price.ts';

const sku = {
  priceMinor: 1000,
  priceSteps: [
    { minQuantity: 10, priceMinor: 900 },
    { minQuantity: 100, priceMinor: 700 },
  ],
};

test('below the first step the base price holds, at a step its price', () => {
  assert.deepEqual(
    [1, 9, 10, 99, 100, 5000].map((quantity) => unitPriceMinor(sku, quantity)),
    [1000, 1000, 900, 900, 700, 700],
  );
});

test('the order in which steps are stored does not matter', () => {
  const step = fc.record({ minQuantity: fc.integer({ min: 2, max: 500 }), priceMinor: fc.nat(100_000) });
  const steps = fc.uniqueArray(step, { selector: (one) => one.minQuantity, maxLength: 8 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 600 }), fc.nat(100_000), (priceSteps, quantity, priceMinor) => {
      const rising = [...priceSteps].sort((a, b) => a.minQuantity - b.minQuantity);
      const expected = rising.filter((one) => one.minQuantity <= quantity).at(-1)?.priceMinor ?? priceMinor;
      assert.equal(unitPriceMinor({ priceMinor, priceSteps }, quantity), expected);
      assert.equal(unitPriceMinor({ priceMinor, priceSteps: rising.reverse() }, quantity), expected);
    }),
  );
});

test('a quantity is allowed from the least to the most, and only whole', () => {
  const limits = { minQuantity: 2, maxQuantity: 5 };
  assert.deepEqual(
    [1, 2, 3.5, 5, 6, Number.NaN].map((quantity) => quantityAllowed(limits, quantity)),
    [false, true, false, true, false, false],
  );
});
