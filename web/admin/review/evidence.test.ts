import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from './evidence.ts';

test('what was due stands beside what came', () => {
  const detail = {
    channel: 'alipay',
    merchant: '2088',
    receivedMinor: 29799,
    currency: 'CNY',
    expectedMinor: 29800,
    expectedCurrency: 'CNY',
    paidAt: 1,
  };
  const { compared, money, facts, rest } = evidenceOf(detail);
  assert.deepEqual(compared, {
    names: ['due', 'came'],
    left: { money: { minor: 29800, currency: 'CNY' }, lines: [] },
    right: { money: { minor: 29799, currency: 'CNY' }, lines: [] },
  });
  assert.equal(money, undefined);
  assert.deepEqual(facts, [
    ['channel', 'alipay'],
    ['merchant', '2088'],
  ]);
  assert.deepEqual(rest, [['paidAt', '1']]);
});

test('an entry that one of two books lacks has an empty side', () => {
  const { compared } = evidenceOf({ oursMinor: null, theirsMinor: 500, currency: 'CNY', amountMinor: 500 });
  assert.deepEqual(compared?.left, { lines: [] });
  assert.deepEqual(compared?.right.money, { minor: 500, currency: 'CNY' });
});

test('two messages about one trade stand side by side with what each names', () => {
  const { compared, rest } = evidenceOf({
    first: { channel: 'epay', tradeNo: 'T1', outTradeNo: 'A01', amountMinor: 100, currency: 'CNY' },
    second: { channel: 'epay', tradeNo: 'T1', outTradeNo: 'B01', amountMinor: 100, currency: 'CNY' },
  });
  assert.deepEqual(compared?.left.lines, ['epay', 'A01', 'T1']);
  assert.deepEqual(compared?.right.lines, ['epay', 'B01', 'T1']);
  assert.deepEqual(rest, []);
});

test('a single amount is money, and what nobody has named is kept for those who look deeper', () => {
  const { compared, money, facts, rest } = evidenceOf({
    amountMinor: 1999,
    currency: 'USDT',
    reason: 'no funds',
    weird: { a: 1 },
  });
  assert.equal(compared, undefined);
  assert.deepEqual(money, { minor: 1999, currency: 'USDT' });
  assert.deepEqual(facts, [['reason', 'no funds']]);
  assert.deepEqual(rest, [['weird', '{"a":1}']]);
});
