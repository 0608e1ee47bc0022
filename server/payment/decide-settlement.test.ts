import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type OrderStatus, orderStatuses } from '../../contract/states.ts';
import type { Order } from '../order/order.ts';
import type { VerifiedPayment } from './channel.ts';
import { decideSettlement, type Settlement } from './decide-settlement.ts';
import type { Payment } from './payment.ts';

const order = (status: OrderStatus) => ({ status, totalMinor: 1000, currency: 'CNY' }) as Order;
const now = 1_000_000;
const attempt = { channel: 'testpay', amountMinor: 1000, createdAt: now - 60_000 } as Payment;
const payment = (more: Partial<VerifiedPayment> = {}) =>
  ({ channel: 'testpay', amountMinor: 1000, currency: 'CNY', ...more }) as VerifiedPayment;

/** The table at the top of decide-settlement.ts. */
const expected: Record<OrderStatus, { right: Settlement; wrong: Settlement }> = {
  pending: { right: { kind: 'deliver', fromStock: false }, wrong: { kind: 'review', review: 'amount_mismatch' } },
  expired: { right: { kind: 'deliver', fromStock: true }, wrong: { kind: 'review', review: 'amount_mismatch' } },
  cancelled: { right: { kind: 'deliver', fromStock: true }, wrong: { kind: 'review', review: 'amount_mismatch' } },
  paid: { right: { kind: 'surplus' }, wrong: { kind: 'surplus' } },
  delivered: { right: { kind: 'surplus' }, wrong: { kind: 'surplus' } },
  review: { right: { kind: 'surplus' }, wrong: { kind: 'surplus' } },
  refunded: { right: { kind: 'surplus' }, wrong: { kind: 'surplus' } },
};

for (const status of orderStatuses) {
  test(`money for an order that is ${status}`, () => {
    const { right, wrong } = expected[status];
    for (const known of [attempt, undefined]) {
      assert.deepEqual(decideSettlement(order(status), known, payment(), now), right);
      for (const one of [{ amountMinor: 999 }, { amountMinor: 1001 }, { amountMinor: 0 }, { currency: 'USD' }]) {
        assert.deepEqual(decideSettlement(order(status), known, payment(one), now), wrong, JSON.stringify(one));
      }
    }
  });
}

test('money that names no order of ours goes to a person', () => {
  assert.deepEqual(decideSettlement(undefined, attempt, payment(), now), { kind: 'unknown-order' });
});

test('money through another channel than the attempt was opened with goes to a person', () => {
  const decision = decideSettlement(order('pending'), attempt, payment({ channel: 'otherpay' }), now);
  assert.deepEqual(decision, { kind: 'review', review: 'evidence_conflict' });
});

test('money that is known only by its amount goes to a person when it comes too late to be told apart', () => {
  const late = { matchedWithinMs: 59_999 };
  const review = { kind: 'review', review: 'evidence_conflict' };
  assert.deepEqual(decideSettlement(order('pending'), attempt, payment(late), now), review);
  assert.deepEqual(decideSettlement(order('expired'), attempt, payment(late), now), review);
  assert.equal(decideSettlement(order('pending'), attempt, payment({ matchedWithinMs: 60_000 }), now).kind, 'deliver');
  // Heard late, paid in time.
  const paidInTime = payment({ ...late, paidAt: now - 30_000 });
  assert.equal(decideSettlement(order('pending'), attempt, paidInTime, now).kind, 'deliver');
});

test('an attempt that asked for another amount than the order costs delivers nothing', () => {
  const cheaper = { ...attempt, amountMinor: 1 };
  const decision = decideSettlement(order('pending'), cheaper, payment({ amountMinor: 1 }), now);
  assert.deepEqual(decision, { kind: 'review', review: 'amount_mismatch' });
});

test('nothing but the exact amount in the exact currency ever delivers', () => {
  const statuses = fc.constantFrom(...orderStatuses);
  const amounts = fc.oneof(fc.constant(1000), fc.maxSafeNat());
  const currencies = fc.constantFrom('CNY', 'USD', 'cny', 'CNY ');
  fc.assert(
    fc.property(statuses, amounts, currencies, fc.boolean(), (status, amountMinor, currency, known) => {
      const decided = decideSettlement(
        order(status),
        known ? attempt : undefined,
        payment({ amountMinor, currency }),
        now,
      );
      if (decided.kind === 'deliver') assert.deepEqual([amountMinor, currency], [1000, 'CNY']);
    }),
  );
});
