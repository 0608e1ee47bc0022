import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SkuForPricing } from '../catalog/catalog-store.ts';
import { priceOrder } from './price-order.ts';

function skuOf(id: number, more: Partial<SkuForPricing> = {}): SkuForPricing {
  return {
    id,
    productId: id * 10,
    productName: `Product ${id}`,
    skuName: `Sku ${id}`,
    status: 'active',
    productStatus: 'active',
    priceMinor: 100 * id,
    currency: 'CNY',
    delivery: 'cards',
    minQuantity: 1,
    maxQuantity: 50,
    perBuyerLimit: null,
    isSample: false,
    priceSteps: [],
    flashSale: null,
    buyerFields: [],
    names: {},
    ...more,
  };
}

const shelf = new Map([
  [1, skuOf(1)],
  [2, skuOf(2, { priceSteps: [{ minQuantity: 5, priceMinor: 150 }] })],
  [3, skuOf(3, { currency: 'USD' })],
  [4, skuOf(4, { status: 'hidden' })],
  [5, skuOf(5, { productStatus: 'archived' })],
  [6, skuOf(6, { priceMinor: 1_000_000_000 })],
]);
const wish = fc.record({ skuId: fc.integer({ min: 1, max: 7 }), quantity: fc.integer({ min: 1, max: 30 }) });
const wishes = fc.array(wish, { minLength: 1, maxLength: 8 });
const price = (wanted: { skuId: number; quantity: number }[], lang: 'zh' | 'en' = 'en') =>
  priceOrder(wanted, shelf, lang, 1_000);

test('the total is the sum of the lines, each line its quantity times its price, in one currency', () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const priced = price(wanted);
      if (priced.kind !== 'priced') return;
      assert.equal(
        priced.totalMinor,
        priced.lines.reduce((sum, line) => sum + line.amountMinor, 0),
      );
      for (const line of priced.lines) {
        assert.equal(line.amountMinor, line.quantity * line.unitPriceMinor);
        assert.equal(shelf.get(line.skuId)?.currency, priced.currency);
      }
      assert.deepEqual(
        priced.lines.map(({ lineNo }) => lineNo),
        priced.lines.map((_, i) => i + 1),
      );
    }),
  );
});

test('however a wish is split over lines, it costs the same', () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const whole = new Map<number, number>();
      for (const { skuId, quantity } of wanted) whole.set(skuId, (whole.get(skuId) ?? 0) + quantity);
      const merged = [...whole].map(([skuId, quantity]) => ({ skuId, quantity }));
      assert.deepEqual(price(wanted), price(merged));
    }),
  );
});

test('nothing is sold that is not on sale, not known, out of range or too dear', () => {
  const kinds = (skuId: number, quantity = 1) => price([{ skuId, quantity }]).kind;
  assert.deepEqual(
    [1, 4, 5, 6, 7].map((id) => kinds(id)),
    ['priced', 'sku-unavailable', 'sku-unavailable', 'priced', 'sku-not-found'],
  );
  assert.deepEqual(
    [50, 51].map((quantity) => kinds(1, quantity)),
    ['priced', 'quantity-out-of-range'],
  );
  assert.equal(kinds(6, 2), 'quantity-out-of-range');
  assert.equal(price([1, 3].map((skuId) => ({ skuId, quantity: 1 }))).kind, 'mixed-currencies');
});

test('from a step on every piece costs its price', () => {
  const unit = (quantity: number) => {
    const priced = price([{ skuId: 2, quantity }]);
    return priced.kind === 'priced' ? priced.lines[0]?.unitPriceMinor : undefined;
  };
  assert.deepEqual([4, 5, 6].map(unit), [200, 150, 150]);
});
