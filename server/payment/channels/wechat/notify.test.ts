import assert from 'node:assert/strict';
import { createCipheriv, generateKeyPairSync, sign } from 'node:crypto';
import test from 'node:test';
import type { CallbackRequest, CallbackVerdict } from '../../channel.ts';
import { verifyNotify } from './notify.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = 1_800_000_000_000;
const apiV3Key = 'k'.repeat(32);
const parts = {
  code: 'it',
  mchid: '1900000001',
  appid: 'wx0000000000000001',
  apiV3Key,
  keys: { askFor: null, keyFor: async (serial: string) => (serial === 'PUB_KEY_ID_1' ? publicKey : undefined) },
  nowMs: now,
};
const trade = {
  mchid: parts.mchid,
  appid: parts.appid,
  out_trade_no: 'CN01',
  transaction_id: '4200',
  trade_state: 'SUCCESS',
  success_time: '2026-01-31T23:59:59+08:00',
  amount: { total: 1234, currency: 'CNY' },
};
const refund = {
  mchid: parts.mchid,
  out_trade_no: 'CN01',
  transaction_id: '4200',
  out_refund_no: 'CN01R01',
  refund_status: 'SUCCESS',
  amount: { refund: 200, total: 1234 },
};

interface Changes {
  resource?: Record<string, unknown>;
  message?: Record<string, unknown>;
  request?: Partial<CallbackRequest>;
  serial?: string;
  key?: string;
}

/** Signed by WeChat, whatever it says. */
function said({ resource = trade, message, request, serial = 'PUB_KEY_ID_1', key = apiV3Key }: Changes) {
  const cipher = createCipheriv('aes-256-gcm', key, 'nonce-of-12-').setAAD(Buffer.from('x'));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(resource)), cipher.final(), cipher.getAuthTag()]);
  const body = JSON.stringify({
    id: '1',
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    resource: {
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: sealed.toString('base64'),
      associated_data: 'x',
      nonce: 'nonce-of-12-',
    },
    ...message,
  });
  const timestamp = String(now / 1000);
  const signature = sign('sha256', Buffer.from(`${timestamp}\nn\n${body}\n`), privateKey).toString('base64');
  const headers = {
    'wechatpay-serial': serial,
    'wechatpay-signature': signature,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': 'n',
  };
  const whole = { method: 'POST', rawBody: Buffer.from(body), headers, query: {}, rawQuery: '', ...request };
  return verifyNotify(whole, parts);
}

test('a payment is read as it was said', async () => {
  const verdict = await said({});
  assert.ok(verdict.kind === 'paid');
  const { raw, ...payment } = verdict.payment;
  assert.deepEqual(payment, {
    channel: 'it',
    tradeNo: '4200',
    outTradeNo: 'CN01',
    amountMinor: 1234,
    currency: 'CNY',
    merchant: parts.mchid,
    paidAt: Date.UTC(2026, 0, 31, 15, 59, 59),
    source: 'callback',
  });
  assert.deepEqual(JSON.parse(raw), trade);
});

const refundMessage = { event_type: 'REFUND.SUCCESS' };
const rejections: [string, Changes][] = [
  ['is a POST', { request: { method: 'GET' } }],
  ['not signed', { request: { headers: {} } }],
  ['key that is not known', { serial: 'PUB_KEY_ID_2' }],
  ['signature does not match', { request: { rawBody: Buffer.from('{}') } }],
  ['cannot be read', { message: { resource_type: 'plain' } }],
  ['not sealed with our APIv3 key', { key: 'x'.repeat(32) }],
  ['for another merchant', { resource: { ...trade, mchid: '1900000002' } }],
  ['for another app', { resource: { ...trade, appid: 'wx0000000000000002' } }],
  ['number of the order', { resource: { ...trade, out_trade_no: '' } }],
  ['number of the order', { resource: { ...trade, out_trade_no: ['CN01'] } }],
  ['number of the trade', { resource: { ...trade, transaction_id: undefined } }],
  ['amount is missing', { resource: { ...trade, amount: { total: '1234', currency: 'CNY' } } }],
  ['amount is missing', { resource: { ...trade, amount: { total: -1, currency: 'CNY' } } }],
  ['amount is missing', { resource: { ...trade, amount: { total: 12.5, currency: 'CNY' } } }],
  ['amount is missing', { resource: { ...trade, amount: { total: 1234 } } }],
  ['for another merchant', { message: refundMessage, resource: { ...refund, mchid: '1900000002' } }],
  ['refunded amount is missing', { message: refundMessage, resource: { ...refund, amount: {} } }],
  ['refunded amount is missing', { message: refundMessage, resource: { ...refund, transaction_id: null } }],
];
for (const [reason, changes] of rejections) {
  test(`rejected, although signed: ${reason} ${JSON.stringify(changes)}`, async () => {
    const verdict = await said(changes);
    assert.ok(verdict.kind === 'rejected' && verdict.reason.includes(reason), JSON.stringify(verdict));
  });
}

test('money that went back, a refund that failed, and what changes nothing', async () => {
  const notice = (verdict: CallbackVerdict) => (verdict.kind === 'refund' ? verdict.notice : undefined);
  const done = notice(await said({ message: refundMessage, resource: refund }));
  assert.deepEqual([done?.refundNo, done?.amountMinor, done?.outcome], ['CN01R01', 200, 'succeeded']);
  const closed = { ...refund, refund_status: 'CLOSED' };
  assert.equal(notice(await said({ message: refundMessage, resource: closed }))?.outcome, 'rejected');
  const theirs = { ...refund, out_refund_no: '50000' };
  assert.equal(notice(await said({ message: refundMessage, resource: theirs }))?.refundNo, null);
  const abnormal = { ...refund, refund_status: 'ABNORMAL' };
  assert.equal((await said({ message: refundMessage, resource: abnormal })).kind, 'ignored');
  assert.equal((await said({ message: { event_type: 'COUPON.USE' } })).kind, 'ignored');
  assert.equal((await said({ resource: { ...trade, trade_state: 'NOTPAY' } })).kind, 'ignored');
});
