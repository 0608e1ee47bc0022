import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minorDigits, parseMoney } from './money-text.ts';

test('what people type becomes minor units without a rounding error', () => {
  const typed: [string, number, number | null][] = [
    ['0.29', 2, 29],
    ['12', 2, 1200],
    ['12.5', 2, 1250],
    ['12.', 2, 1200],
    [' 1,200.00 ', 2, 120_000],
    ['１２．５', 2, 1250],
    ['500', 0, 500],
    ['500.1', 0, null],
    ['1.005', 2, null],
    ['-1', 2, null],
    ['1e3', 2, null],
    ['', 2, null],
    ['ten', 2, null],
  ];
  for (const [text, digits, minor] of typed) assert.equal(parseMoney(text, digits), minor, text);
});

test('a currency knows its minor digits', () => {
  assert.deepEqual(['CNY', 'JPY', 'USDT'].map(minorDigits), [2, 0, 2]);
});
