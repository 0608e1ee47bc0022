import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { refundNo, surplusRefundNo } from '../../payment.ts';
import { refundNoOf, refundOrderId } from './refund-order-id.ts';

test('every refund number of ours fits into 32 signs and is read back', () => {
  const attempt = fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    minLength: 30,
    maxLength: 30,
  });
  fc.assert(
    fc.property(attempt, fc.integer({ min: 1, max: 99 }), fc.string(), (outTradeNo, sequence, tradeNo) => {
      for (const number of [refundNo(outTradeNo, sequence), surplusRefundNo(outTradeNo, tradeNo)]) {
        const orderId = refundOrderId(number);
        assert.match(orderId ?? '', /^[0-9A-Za-z]{32}$/);
        assert.equal(refundNoOf(orderId!), number);
      }
    }),
  );
  for (const extreme of [`${'Z'.repeat(30)}SFFFFFFFF`, `${'0'.repeat(30)}R00`]) {
    assert.equal(refundNoOf(refundOrderId(extreme)!), extreme);
  }
});

test('other numbers are nobody of ours', () => {
  assert.equal(refundOrderId('R1'), undefined);
  for (const other of ['', '20260101', 'z'.repeat(32), 'a'.repeat(33)]) assert.equal(refundNoOf(other), null);
});
