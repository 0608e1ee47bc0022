import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BillRow } from '../../payment/channel.ts';
import { compareBill, type OurDay } from './bill.ts';

const row = (more: Partial<BillRow> = {}): BillRow => ({
  type: 'payment',
  tradeNo: 'T1',
  outTradeNo: 'O1',
  refundNo: null,
  amountMinor: 100,
  currency: 'CNY',
  feeMinor: 1,
  status: 'succeeded',
  at: 0,
  ...more,
});
const own = { tradeNo: 'T1', outTradeNo: 'O1', amountMinor: 100, currency: 'CNY' };
const refund = {
  refundNo: 'R1',
  tradeNo: 'T1',
  amountMinor: 40,
  currency: 'CNY',
  status: 'succeeded',
  mode: 'channel',
} as const;
const ours = (more: Partial<OurDay> = {}): OurDay => ({
  payments: [own],
  refunds: [],
  expectedPayments: new Set(['T1']),
  expectedRefunds: new Set(),
  billedRefundMinor: new Map(),
  ...more,
});
const kinds = (rows: BillRow[], day: OurDay) =>
  compareBill('c', '2026-01-01', rows, day).differences.map((one) => `${one.type} ${one.kind}`);

test('what both have the same is no difference', () => {
  const report = compareBill('c', '2026-01-01', [row()], ours());
  assert.deepEqual(
    [report.ok, report.matched, report.payments, report.feesMinor],
    [true, 1, { count: 1, minor: 100 }, 1],
  );
});
test('money that only the channel has', () =>
  assert.deepEqual(kinds([row(), row({ tradeNo: 'T2' })], ours()), ['payment channel-only']));
test('money that only we have', () => assert.deepEqual(kinds([], ours()), ['payment local-only']));
test('another amount or currency', () => {
  assert.deepEqual(kinds([row({ amountMinor: 99 })], ours()), ['payment amount']);
  assert.deepEqual(kinds([row({ currency: 'USD' })], ours()), ['payment amount']);
});
test('paid here, failed there', () => assert.deepEqual(kinds([row({ status: 'failed' })], ours()), ['payment status']));
test('a failed payment that we do not know is nothing', () =>
  assert.deepEqual(kinds([row(), row({ tradeNo: 'T2', status: 'failed' })], ours()), []));

const back = (more: Partial<BillRow> = {}) => row({ type: 'refund', refundNo: 'R1', amountMinor: 40, ...more });
test('a refund of ours', () => assert.deepEqual(kinds([row(), back()], ours({ refunds: [refund] })), []));
test('a refund of another amount, or with another end', () => {
  assert.deepEqual(kinds([row(), back({ amountMinor: 41 })], ours({ refunds: [refund] })), ['refund amount']);
  assert.deepEqual(kinds([row(), back({ status: 'failed' })], ours({ refunds: [refund] })), ['refund status']);
  assert.deepEqual(kinds([row(), back()], ours({ refunds: [{ ...refund, status: 'requested' }] })), ['refund status']);
});
test('a refund made at the channel, until it is booked', () => {
  const billedRefundMinor = new Map([['T1', 40]]);
  assert.deepEqual(kinds([row(), back({ refundNo: 'X9' })], ours({ billedRefundMinor })), ['refund channel-only']);
  const booked = { ...refund, refundNo: 'BOOKED', mode: 'recorded' } as const;
  assert.deepEqual(kinds([row(), back({ refundNo: 'X9' })], ours({ refunds: [booked], billedRefundMinor })), []);
});
test('a refund that only we have', () =>
  assert.deepEqual(kinds([row()], ours({ refunds: [refund], expectedRefunds: new Set(['R1']) })), [
    'refund local-only',
  ]));
