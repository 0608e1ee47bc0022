import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalAmount, minorAmount } from './decimal-amount.ts';

test('minor units are written as the currency counts them', () => {
  assert.equal(decimalAmount(1234, 'CNY'), '12.34');
  assert.equal(decimalAmount(1, 'CNY'), '0.01');
  assert.equal(decimalAmount(1234, 'JPY'), '1234');
  assert.equal(decimalAmount(1234, 'USDT'), '12.34');
  assert.throws(() => decimalAmount(1.5, 'CNY'));
});

test('what was written is read again, with any number of zeros behind', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.constantFrom('CNY', 'JPY', 'USDT'), (minor, currency) => {
      const text = decimalAmount(minor, currency);
      assert.equal(minorAmount(text, currency), minor);
      assert.equal(minorAmount(text.includes('.') ? `${text}00` : `${text}.00`, currency), minor);
    }),
  );
});

test('what is no plain amount is no amount', () => {
  for (const text of [
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '1e2',
    '1,00',
    '1.',
    '.5',
    '0x10',
    '12.345',
    12.34,
    null,
    ['1'],
    '１',
  ]) {
    assert.equal(minorAmount(text, 'CNY'), undefined, String(text));
  }
  assert.equal(minorAmount('100.0000', 'CNY'), 10_000);
  assert.equal(minorAmount('100.001', 'CNY'), undefined);
  assert.equal(minorAmount('1.5', 'JPY'), undefined);
});
