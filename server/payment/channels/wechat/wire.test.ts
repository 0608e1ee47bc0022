import assert from 'node:assert/strict';
import { createCipheriv, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { privateKeyOf, signSha256 } from '../../wire/rsa.ts';
import { readBill } from './bill.ts';
import { headVerifies, jsonObject, openResource, type SignedHead, signedHead } from './wire.ts';

const { notify, signature } = JSON.parse(readFileSync(new URL('fixtures/published.json', import.meta.url), 'utf8'));
const key = new X509Certificate(notify.certificate).publicKey;
const at = Number(notify.timestamp) * 1000;
const headers: Record<string, string> = {
  'wechatpay-nonce': notify.nonce,
  'wechatpay-timestamp': notify.timestamp,
  'wechatpay-serial': notify.serial,
  'wechatpay-signature': notify.signature,
};
const head = (changed: Record<string, string | undefined> = {}, now = at) =>
  signedHead((name) => ({ ...headers, ...changed })[name], now);

test('the published signature is the one we make', async () => {
  assert.equal(await signSha256(signature.message, privateKeyOf(signature.privateKey, 'k')), signature.expected);
});

test('the published message verifies and opens, and not when anything is changed', () => {
  const body = Buffer.from(notify.body);
  const signed = head() as SignedHead;
  assert.equal(headVerifies(signed, body, key), true);
  for (const changed of [
    { ...signed, nonce: `${signed.nonce}x` },
    { ...signed, timestamp: String(Number(signed.timestamp) + 1) },
    { ...signed, signature: signed.signature.slice(0, -4) },
  ]) {
    assert.equal(headVerifies(changed, body, key), false);
  }
  assert.equal(headVerifies(signed, Buffer.concat([body, Buffer.from(' ')]), key), false);
});

test('a resource opens with its key and as it was sealed, and not otherwise', () => {
  // The published one is sealed with a key of 16 signs, which WeChat does not give out.
  const apiV3Key = 'k'.repeat(32);
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, 'nonce-of-12-').setAAD(Buffer.from('transaction'));
  const sealed = Buffer.concat([cipher.update('{"a":"值"}'), cipher.final(), cipher.getAuthTag()]);
  const resource = {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: 'transaction',
    nonce: 'nonce-of-12-',
  };
  assert.equal(openResource(resource, apiV3Key), '{"a":"值"}');
  assert.equal(openResource(resource, 'x'.repeat(32)), undefined);
  for (const changed of [
    { associated_data: 'x' },
    { algorithm: 'AEAD_AES_128_GCM' },
    { ciphertext: 'AAAA' },
    { ciphertext: sealed.subarray(0, -1).toString('base64') },
    { nonce: 'nonce-of-12x' },
    { nonce: 'short' },
  ]) {
    assert.equal(openResource({ ...resource, ...changed }, apiV3Key), undefined);
  }
  assert.equal(openResource(null, apiV3Key), undefined);
});

test('heads that are old, unsigned, of another algorithm or a probe are refused', () => {
  assert.equal(typeof head({}, at + 299_000), 'object');
  assert.match(String(head({}, at + 301_000)), /5 minutes/);
  assert.match(String(head({}, at - 301_000)), /5 minutes/);
  assert.match(String(head({ 'wechatpay-signature': undefined })), /not signed/);
  for (const time of ['1e9', 'abc', '', '18000000001'])
    assert.match(String(head({ 'wechatpay-timestamp': time })), /cannot be read/);
  assert.match(String(head({ 'wechatpay-signature-type': 'WECHATPAY2-SM2-WITH-SM3' })), /algorithm/);
  assert.match(String(head({ 'wechatpay-signature': 'WECHATPAY/SIGNTEST/AAAA' })), /probe/);
});

test('only objects are read', () => {
  for (const text of ['[]', 'null', '1', '{', undefined]) assert.equal(jsonObject(text), undefined);
});

test('a bill of which a line is not understood is no bill', () => {
  const heading =
    '\uFEFF交易时间,微信订单号,商户订单号,交易状态,货币种类,商户退款单号,退款状态,手续费,订单金额,申请退款金额';
  const paid = '`2026-01-02 03:04:05,`4200,`CN1,`SUCCESS,`CNY,`0,`,`0.06000,`10.00,`0.00';
  const back = '`2026-01-02 03:04:06,`4200,`CN1,`REFUND,`CNY,`CN1R01,`SUCCESS,`-0.06000,`0.00,`10.00';
  const end = '总交易单数,总退款单数\n`1,`1\n';
  const rows = readBill([heading, paid, back, end].join('\r\n'));
  assert.deepEqual(
    rows?.map((row) => [row.type, row.amountMinor, row.refundNo, row.feeMinor]),
    [
      ['payment', 1000, null, 6],
      ['refund', 1000, 'CN1R01', -6],
    ],
  );
  assert.equal(readBill([heading, paid, paid.replace('10.00', 'ten'), end].join('\r\n')), undefined);
});
