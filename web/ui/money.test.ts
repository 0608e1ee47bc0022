import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from './money.ts';

test('minor units follow the currency', () => {
  assert.equal(formatMoney(12_345, 'CNY', 'zh'), '¥123.45');
  assert.equal(formatMoney(12_345, 'CNY', 'en'), '¥123.45');
  assert.equal(formatMoney(500, 'JPY', 'en'), '¥500');
  assert.equal(formatMoney(1_050, 'USDT', 'zh'), '10.50 USDT');
});
