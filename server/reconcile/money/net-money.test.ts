import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feeOfPayment, netOf } from './net-money.ts';

const cell = { channel: 'c', currency: 'CNY', payments: 2, receivedMinor: 30_000, refundedMinor: 1000 };

test('a fee that the bill names counts as named, the rest by the rate', () => {
  const net = netOf({ ...cell, billedFeeMinor: 55, unbilledMinor: 20_000 }, 60);
  assert.deepEqual(net, { feeMinor: 55 + 120, netMinor: 30_000 - 1000 - 175 });
});

test('one payment: by the bill, by the rate, or nothing is known to be kept', () => {
  const payment = { receivedMinor: 999, refundedMinor: 0 };
  assert.deepEqual(feeOfPayment(payment, 7, 60), { minor: 7, from: 'bill', basisPoints: 60, netMinor: 992 });
  assert.deepEqual(feeOfPayment(payment, null, 60), { minor: 6, from: 'rate', basisPoints: 60, netMinor: 993 });
  assert.deepEqual(feeOfPayment(payment, null, 0), { minor: 0, from: 'none', basisPoints: 0, netMinor: 999 });
});
