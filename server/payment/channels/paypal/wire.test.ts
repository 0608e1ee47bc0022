import assert from 'node:assert/strict';
import { createSign } from 'node:crypto';
import { test } from 'node:test';
import { newIdentity } from '../../../../gateways/certificate.ts';
import type { ChannelHttp } from '../../channel-http.ts';
import { paypalAmount, readAmount } from './amounts.ts';
import { paypalCertificates } from './certificates.ts';
import { eventVerdict } from './events.ts';
import { orderState } from './orders.ts';
import { certificateOrigins, type PaypalSettings } from './settings.ts';
import { signedText, whyNotSigned } from './signature.ts';

const now = 1_795_380_000_000;
const clock = { now: () => now, monotonicMs: () => 0 };
const certPath = '/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77';
const outTradeNo = '0101JD0000000000000000000001';
const account = { code: 'paypal-1', merchant: 'M1', merchantId: 'M1' };

/** A network of one file, that counts who asks for what. */
function oneFile(text: string): { http: ChannelHttp; asked: string[] } {
  const asked: string[] = [];
  const request: ChannelHttp['request'] = async ({ url }) => {
    asked.push(url);
    return { status: 200, headers: new Headers(), body: Buffer.from(text) };
  };
  return { http: { request }, asked };
}
const identity = (CN: string, times = {}) =>
  newIdentity({ name: [['CN', CN]], validFromMs: now - 1000, validToMs: now + 1000, ...times });

test('certificates come from PayPal itself and from nowhere else', async () => {
  const { certificate } = await identity('messageverificationcerts.paypal.com');
  const { http, asked } = oneFile(certificate);
  const live = certificateOrigins({ mode: 'live' } as PaypalSettings);
  const certificates = paypalCertificates(live, http, clock);
  for (const address of [
    '',
    'not an address',
    `http://api.paypal.com${certPath}`,
    `https://api.paypal.com.evil.example${certPath}`,
    `https://evil.example${certPath}`,
    `https://api.paypal.com@evil.example${certPath}`,
    `https://api.paypal.com:8443${certPath}`,
    `https://api.sandbox.paypal.com${certPath}`,
    `https://api.paypal.com/v1/notifications/certs/../../evil`,
    `https://api.paypal.com${certPath}?x=1`,
  ]) {
    assert.equal(typeof (await certificates.keyAt(address)), 'string', address);
  }
  assert.deepEqual(asked, []);
  assert.equal(typeof (await certificates.keyAt(`https://api.paypal.com${certPath}`)), 'object');
  await certificates.keyAt(`https://api.paypal.com${certPath}`);
  assert.equal(asked.length, 1, 'it is kept');
});

test('a certificate of another name, or out of its time, is of no use', async () => {
  const origins = ['https://api.paypal.com'];
  const keyOf = async (pem: string) =>
    paypalCertificates(origins, oneFile(pem).http, clock).keyAt(`https://api.paypal.com${certPath}`);
  assert.equal(typeof (await keyOf((await identity('www.paypal.com')).certificate)), 'string');
  assert.equal(typeof (await keyOf((await identity('messageverificationcerts.evil.example')).certificate)), 'string');
  const over = await identity('messageverificationcerts.paypal.com', { validToMs: now - 500 });
  assert.equal(typeof (await keyOf(over.certificate)), 'string');
  assert.equal(typeof (await keyOf('no certificate')), 'string');
});

test('the signature is over id, time, our webhook and the sum of the body', async () => {
  const { privateKey, publicKey } = await identity('messageverificationcerts.paypal.com');
  const body = Buffer.from('{"id":"WH-1"}');
  const time = new Date(now).toISOString();
  // cksum of the body as PayPal's documentation has it: CRC-32 as a decimal number.
  assert.equal(signedText('ID', time, 'HOOK', Buffer.from('123456789')), `ID|${time}|HOOK|3421780262`);
  const signature = createSign('RSA-SHA256')
    .update(signedText('ID', time, 'HOOK', body))
    .sign(privateKey, 'base64');
  const headers = {
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-transmission-id': 'ID',
    'paypal-transmission-time': time,
    'paypal-transmission-sig': signature,
    'paypal-cert-url': 'any',
  };
  const certificates = { keyAt: async () => publicKey };
  const why = (more: object, nowMs = now, webhookId = 'HOOK', bytes = body) =>
    whyNotSigned({ ...headers, ...more }, bytes, { webhookId, certificates, nowMs });
  assert.equal(await why({}), undefined);
  assert.equal(await why({}, now + 3 * 86_400_000), undefined);
  const reasons = [
    await why({}, now + 5 * 86_400_000),
    await why({}, now, 'OTHER'),
    await why({}, now, 'HOOK', Buffer.from('{"id":"WH-2"}')),
    await why({ 'paypal-auth-algo': 'SHA1withRSA' }),
    await why({ 'paypal-auth-algo': undefined }),
    await why({ 'paypal-transmission-sig': '' }),
    await why({ 'paypal-transmission-id': 'ID|2' }),
    await why({ 'paypal-transmission-time': 'yesterday' }),
  ];
  for (const [index, reason] of reasons.entries()) assert.equal(typeof reason, 'string', String(index));
});

test('amounts keep to the digits PayPal takes', () => {
  assert.deepEqual(paypalAmount(1234, 'USD'), { currency_code: 'USD', value: '12.34' });
  assert.deepEqual(paypalAmount(500, 'JPY'), { currency_code: 'JPY', value: '500' });
  assert.deepEqual(paypalAmount(50_000, 'TWD'), { currency_code: 'TWD', value: '500' });
  assert.equal(paypalAmount(50_050, 'TWD'), undefined);
  assert.deepEqual(readAmount({ currency_code: 'TWD', value: '500' }), { amountMinor: 50_000, currency: 'TWD' });
  for (const money of [null, {}, { currency_code: 'USD', value: 12.34 }, { currency_code: 'usd', value: '1.00' }]) {
    assert.equal(readAmount(money), undefined);
  }
});

test('an approval asks, a capture pays, anything else changes nothing', () => {
  const verdict = (event_type: string, resource: unknown) => eventVerdict({ event_type, resource }, account, 'raw');
  const capture = {
    id: 'CAP1',
    status: 'COMPLETED',
    custom_id: outTradeNo,
    amount: { currency_code: 'USD', value: '12.34' },
    payee: { merchant_id: 'M1' },
  };
  assert.deepEqual(verdict('CHECKOUT.ORDER.APPROVED', { purchase_units: [{ custom_id: outTradeNo }] }).kind, 'ask');
  assert.equal(verdict('CHECKOUT.ORDER.APPROVED', { purchase_units: [{}] }).kind, 'ignored');
  assert.partialDeepStrictEqual(verdict('PAYMENT.CAPTURE.COMPLETED', capture), {
    kind: 'paid',
    payment: { tradeNo: 'CAP1', outTradeNo, amountMinor: 1234, currency: 'USD', merchant: 'M1' },
  });
  assert.equal(verdict('PAYMENT.CAPTURE.COMPLETED', { ...capture, status: 'PENDING' }).kind, 'rejected');
  assert.equal(verdict('PAYMENT.CAPTURE.COMPLETED', { ...capture, payee: { merchant_id: 'M2' } }).kind, 'rejected');
  assert.equal(verdict('PAYMENT.CAPTURE.COMPLETED', { ...capture, payee: undefined }).kind, 'rejected');
  assert.equal(verdict('PAYMENT.CAPTURE.PENDING', capture).kind, 'ignored');
});

test('an order tells where it stands', () => {
  const order = (status: string, payments?: object) => ({
    status,
    purchase_units: [{ custom_id: outTradeNo, payee: { merchant_id: 'M1' }, payments }],
  });
  const kind = (value: object) => orderState({ ...value }, outTradeNo, account).kind;
  assert.equal(kind(order('CREATED')), 'waiting');
  assert.equal(kind(order('APPROVED')), 'approved');
  assert.equal(kind(order('VOIDED')), 'voided');
  assert.equal(kind(order('SOMETHING')), 'unreadable');
  const amount = { currency_code: 'USD', value: '12.34' };
  const pending = { captures: [{ id: 'CAP1', status: 'PENDING', amount }] };
  assert.equal(kind(order('COMPLETED', pending)), 'waiting');
  const refunds = [
    { status: 'COMPLETED', amount: { currency_code: 'USD', value: '2.00' } },
    { status: 'FAILED', amount },
  ];
  const paid = order('COMPLETED', { captures: [{ id: 'CAP1', status: 'PARTIALLY_REFUNDED', amount }], refunds });
  assert.partialDeepStrictEqual(orderState(paid, outTradeNo, account), {
    kind: 'paid',
    payment: { tradeNo: 'CAP1', amountMinor: 1234 },
    refundedMinor: 200,
  });
  assert.equal(orderState(paid, 'ANOTHER', account).kind, 'unreadable');
  assert.equal(orderState(paid, outTradeNo, { ...account, merchantId: 'M2' }).kind, 'unreadable');
});
