/** Answers that Alipay signed and that still must not be taken for what was asked. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import test from 'node:test';
import type { ChannelHttp } from '../../channel-http.ts';
import { alipay } from './channel.ts';

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });
const attempt = {
  outTradeNo: 'CN01',
  reference: null,
  createdAt: 0,
  amountMinor: 1234,
  currency: 'CNY',
  tradeNo: null,
};

/** A channel whose network gives this answer, well signed, to whatever it is asked. */
function answering(body: Record<string, unknown> | string, status = 200) {
  const http: ChannelHttp = {
    request: async ({ url }) => {
      const name = `${new URL(url).searchParams.get('method')?.replaceAll('.', '_')}_response`;
      const raw = JSON.stringify(body);
      const signature = sign('sha256', Buffer.from(raw), theirs.privateKey).toString('base64');
      const text = typeof body === 'string' ? body : `{"${name}":${raw},"sign":"${signature}"}`;
      return { status, headers: new Headers(), body: Buffer.from(text) };
    },
  };
  const settings = {
    appId: '2021000000000001',
    privateKey: ours.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    mode: 'key',
    alipayPublicKey: theirs.publicKey.export({ type: 'spki', format: 'pem' }),
    product: 'qr',
    gatewayUrl: 'http://network.test/gateway.do',
  };
  return alipay.open(settings, {
    code: 'it',
    name: null,
    notifyUrl: 'http://shop.test/notify',
    returnUrl: () => 'http://shop.test/order',
    clock: { now: () => 0, monotonicMs: () => 0 },
    http,
  });
}

const paid = {
  code: '10000',
  out_trade_no: 'CN01',
  trade_no: 'T1',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '12.34',
  send_pay_date: '2026-01-31 23:59:59',
};

test('an answer to our question is believed', async () => {
  const found = await answering(paid).query(attempt);
  assert.ok(found.kind === 'paid' && found.payment.tradeNo === 'T1' && found.payment.amountMinor === 1234);
  const back = await answering({ ...paid, trade_status: 'TRADE_CLOSED' }).query(attempt);
  assert.ok(back.kind === 'refunded' && back.refundedMinor === 1234);
});

for (const [what, body, status] of [
  ['about another trade', { ...paid, out_trade_no: 'CN02' }],
  ['without a number', { ...paid, trade_no: '' }],
  ['without an amount', { ...paid, total_amount: undefined }],
  ['with an amount that is no text', { ...paid, total_amount: 12.34 }],
  ['with a state that is not known', { ...paid, trade_status: 'SOMETHING' }],
  ['that it is busy', { code: '20000', sub_code: 'isp.unknow-error' }],
  ['that its system failed', { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' }],
  ['with another status', paid, 500],
  ['that is a page', '<html>'],
] as const) {
  test(`an answer ${what} says nothing`, async () => {
    const channel = answering(body, status);
    assert.equal((await channel.query(attempt)).kind, 'unknown');
  });
}

test('a beginning without a code is none; a contract that is missing is a fault of the channel', async () => {
  const begin = {
    ...attempt,
    subject: 's',
    expiresAt: 900_000,
    lang: 'zh',
    clientIp: '203.0.113.7',
    device: 'pc' as const,
    openid: null,
  };
  assert.equal((await answering({ code: '10000' }).create(begin)).kind, 'unavailable');
  const refused = (sub_code: string) => answering({ code: '40006', sub_code, sub_msg: '' }).create(begin);
  assert.equal((await refused('isv.insufficient-isv-permissions')).kind, 'unavailable');
  assert.equal((await refused('ACQ.TOTAL_FEE_EXCEED')).kind, 'refused');
});

test('each answer to a refund has its meaning', async () => {
  const order = {
    refundNo: 'CN01R01',
    createdAt: 0,
    reference: null,
    attempt,
    tradeNo: 'T1',
    amountMinor: 200,
    paymentAmountMinor: 1234,
    currency: 'CNY',
    reason: 'r',
  };
  const refund = async (body: Record<string, unknown> | string) => (await answering(body).refund(order)).kind;
  const no = (sub_code: string) => ({ code: '40004', sub_code, sub_msg: '' });
  assert.equal(await refund({ code: '10000', fund_change: 'Y' }), 'succeeded');
  assert.equal(
    await refund({ code: '10000', fund_change: 'N', refund_status: 'REFUND_SUCCESS' }),
    'succeeded',
    'asked',
  );
  assert.equal(await refund({ code: '10000', fund_change: 'N' }), 'processing', 'asked, and not there yet');
  assert.equal(await refund(no('ACQ.SYSTEM_ERROR')), 'unknown');
  assert.equal(await refund({ code: '20000' }), 'unknown');
  assert.equal(await refund('<html>'), 'unknown');
  assert.equal(await refund(no('ACQ.SELLER_BALANCE_NOT_ENOUGH')), 'unknown');
  assert.equal(await refund(no('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')), 'rejected');
  const told = async (body: Record<string, unknown> | string) => (await answering(body).queryRefund?.(order))?.kind;
  assert.equal(await told({ code: '10000', refund_status: 'REFUND_SUCCESS' }), 'succeeded');
  assert.equal(await told({ code: '10000' }), 'not-found');
  assert.equal(await told(no('ACQ.TRADE_NOT_EXIST')), 'not-found');
  assert.equal(await told(no('ACQ.INVALID_PARAMETER')), 'unknown');
  assert.equal(await told({ code: '20000' }), 'unknown');
});
