import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SkuView } from '../../../contract/shop.ts';
import { faultOf, largestQuantity, unitPriceMinor } from './priced-line.ts';

const sku: SkuView = {
  id: 1,
  name: 'one',
  priceMinor: 1000,
  currency: 'CNY',
  stock: 50,
  delivery: 'cards',
  minQuantity: 2,
  maxQuantity: 30,
  perBuyerLimit: null,
  priceSteps: [
    { minQuantity: 20, priceMinor: 700 },
    { minQuantity: 5, priceMinor: 900 },
  ],
  flashSale: null,
  buyerFields: [],
};

test('the highest step reached sets the price of every piece, in whatever order steps come', () => {
  const prices = [2, 4, 5, 19, 20, 30].map((quantity) => unitPriceMinor(sku, quantity));
  assert.deepEqual(prices, [1000, 1000, 900, 900, 700, 700]);
});

test('the largest quantity is the smallest of stock and limits', () => {
  assert.equal(largestQuantity(sku), 30);
  assert.equal(largestQuantity({ ...sku, stock: 7 }), 7);
  assert.equal(largestQuantity({ ...sku, perBuyerLimit: 3 }), 3);
  assert.equal(largestQuantity({ ...sku, stock: null, maxQuantity: 99 }), 99);
});

test('stock below the smallest quantity is sold out; unlimited stock never is', () => {
  assert.equal(faultOf({ ...sku, stock: 1 }, 2), 'soldOut');
  assert.equal(faultOf({ ...sku, stock: 3 }, 4), 'tooMany');
  assert.equal(faultOf(sku, 1), 'tooFew');
  assert.equal(faultOf({ ...sku, stock: null }, 30), undefined);
});
