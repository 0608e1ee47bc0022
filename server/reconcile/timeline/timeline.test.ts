import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OrderBooks, timelineOf } from './timeline.ts';

const order = {
  status: 'delivered',
  currency: 'CNY',
  totalMinor: 100,
  createdAt: 10,
  paidAt: 30,
  deliveredAt: 30,
  closedAt: null,
};
const attempt = {
  id: 'P1',
  channel: 'alipay',
  status: 'succeeded',
  amountMinor: 100,
  currency: 'CNY',
  createdAt: 10,
  updatedAt: 30,
};
const empty: OrderBooks = { order, attempts: [], evidence: [], refunds: [], mails: [], cases: [], audit: [] };
const kinds = (books: Partial<OrderBooks>) => timelineOf({ ...empty, ...books }).map(({ kind }) => kind);

test('what was written at one moment stands in the order in which it leads on', () => {
  const evidence = {
    channel: 'alipay',
    trade_no: 'T1',
    payment_id: 'P1',
    order_id: 'O1',
    amount_minor: 100,
    currency: 'CNY',
    merchant: 'm',
    source: 'callback',
    outcome: 'settled',
    paid_at: 29,
    received_at: 30,
  };
  const order = ['placed', 'payment-begun', 'evidence', 'paid', 'delivered'];
  assert.deepEqual(kinds({ attempts: [attempt], evidence: [evidence] }), order);
});

test('an attempt that came to nothing says so', () => {
  const failed = { ...attempt, status: 'failed', updatedAt: 20 };
  const unpaid = { ...order, status: 'expired', paidAt: null, deliveredAt: null, closedAt: 40 };
  const events = timelineOf({ ...empty, order: unpaid, attempts: [failed] });
  assert.deepEqual(
    events.map(({ at, kind }) => [at, kind]),
    [
      [10, 'placed'],
      [10, 'payment-begun'],
      [20, 'payment-failed'],
      [40, 'ended'],
    ],
  );
  assert.equal(events.at(-1)?.detail, 'expired');
});

test('a mail waits, is sent, or was stopped; a refund ends one way', () => {
  const mail = {
    template: 'delivered',
    status: 'pending',
    attempts: 2,
    lastError: 'no route',
    createdAt: 30,
    doneAt: null,
  };
  const [waiting] = timelineOf({ ...empty, mails: [mail] }).filter(({ kind }) => kind.startsWith('mail'));
  assert.deepEqual([waiting?.kind, waiting?.reason], ['mail-waiting', 'no route']);
  assert.ok(kinds({ mails: [{ ...mail, status: 'done', doneAt: 50 }] }).includes('mail-sent'));
  assert.ok(kinds({ mails: [{ ...mail, status: 'stopped', doneAt: 50 }] }).includes('mail-stopped'));
  const refund = {
    refundNo: 'R1',
    channel: 'alipay',
    status: 'rejected',
    amountMinor: 100,
    currency: 'CNY',
    reason: 'asked',
    requestedBy: 'owner:a',
    lastError: 'too old',
    createdAt: 60,
    finishedAt: 70,
  };
  const refused = timelineOf({ ...empty, refunds: [refund] }).slice(-2);
  assert.deepEqual(
    refused.map(({ kind, by, reason }) => [kind, by, reason]),
    [
      ['refund-requested', 'owner:a', 'asked'],
      ['refund-rejected', 'alipay', 'too old'],
    ],
  );
  assert.deepEqual(kinds({ refunds: [{ ...refund, status: 'requested' }] }).slice(-1), ['refund-requested']);
});
