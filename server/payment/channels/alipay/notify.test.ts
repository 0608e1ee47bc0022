import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';
import { sortedPairs } from '../../sorted-pairs.ts';
import { writeForm } from '../../wire/form-text.ts';
import { signSha256 } from '../../wire/rsa.ts';
import { verifyNotify } from './notify.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const parts = {
  code: 'it',
  appId: '2021000000000001',
  sellerId: '2088000000000001',
  trust: { keyFor: async (sn?: string | null) => (sn === 'stranger' ? undefined : publicKey) },
};
const honest: Record<string, string> = {
  notify_type: 'trade_status_sync',
  charset: 'utf-8',
  sign_type: 'RSA2',
  app_id: parts.appId,
  seller_id: parts.sellerId,
  trade_no: '2026T1',
  out_trade_no: 'CN01',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '12.34',
  gmt_payment: '2026-01-31 23:59:59',
};

/** Signed by Alipay, whatever it says. */
async function said(changed: Record<string, string>, request: Partial<CallbackRequest> = {}): Promise<CallbackVerdict> {
  const fields = { ...honest, ...changed };
  const sign = await signSha256(sortedPairs(fields, ['sign', 'sign_type']), privateKey);
  const rawBody = Buffer.from(writeForm({ ...fields, sign }));
  return verifyNotify({ method: 'POST', rawBody, headers: {}, query: {}, rawQuery: '', ...request }, parts);
}

test('a payment is read as it was said', async () => {
  const verdict = await said({});
  assert.ok(verdict.kind === 'paid');
  const { raw, ...payment } = verdict.payment;
  assert.deepEqual(payment, {
    channel: 'it',
    tradeNo: '2026T1',
    outTradeNo: 'CN01',
    amountMinor: 1234,
    currency: 'CNY',
    merchant: parts.appId,
    paidAt: Date.UTC(2026, 0, 31, 15, 59, 59),
    source: 'callback',
  });
  assert.match(raw, /total_amount=12\.34/);
});

for (const [reason, changed, request] of [
  ['is a POST', {}, { method: 'GET' }],
  ['parameters in the address', {}, { rawQuery: 'a=1' }],
  ['form cannot be read', {}, { rawBody: Buffer.from('a=1&a=2') }],
  ['sign_type is not RSA2', { sign_type: 'RSA' }],
  ['sign_type is not RSA2', { sign_type: '' }],
  ['charset is not utf-8', { charset: 'GBK' }],
  ['certificate that is not known', { alipay_cert_sn: 'stranger' }],
  ['signature does not match', {}, { rawBody: Buffer.from(writeForm({ ...honest, sign: 'AAAA' })) }],
  ['for another app', { app_id: '2021000000000002' }],
  ['for another merchant', { seller_id: '2088000000000002' }],
  ['number or amount is missing', { out_trade_no: '' }],
  ['number or amount is missing', { trade_no: '' }],
  ['number or amount is missing', { total_amount: '12.345' }],
  ['refunded amount is missing', { gmt_refund: '2026-01-31 23:59:59.000' }],
  ['trade_status is not known', { trade_status: 'TRADE_PENDING' }],
] as const) {
  test(`rejected, although signed: ${reason} ${JSON.stringify(changed)}`, async () => {
    const verdict = await said(changed, request as Partial<CallbackRequest> | undefined);
    assert.ok(verdict.kind === 'rejected' && verdict.reason.includes(reason), JSON.stringify(verdict));
  });
}

test('states in between, the end without money, and money that went back', async () => {
  assert.equal((await said({ trade_status: 'WAIT_BUYER_PAY' })).kind, 'ignored');
  assert.equal((await said({ notify_type: 'dut_user_sign' })).kind, 'ignored');
  assert.equal((await said({ trade_status: 'TRADE_FINISHED' })).kind, 'paid');
  const closed = await said({ trade_status: 'TRADE_CLOSED' });
  assert.ok(closed.kind === 'failed' && closed.outTradeNo === 'CN01');
  const back = { gmt_refund: '2026-02-01 00:00:00.000', refund_fee: '2.00' };
  const ours = await said({ ...back, out_biz_no: 'CN01R01' });
  assert.ok(ours.kind === 'refund' && ours.notice.refundNo === 'CN01R01' && ours.notice.totalRefundedMinor === 200);
  const theirs = await said({ ...back, out_biz_no: '4711', trade_status: 'TRADE_CLOSED' });
  assert.ok(theirs.kind === 'refund' && theirs.notice.refundNo === null);
});
