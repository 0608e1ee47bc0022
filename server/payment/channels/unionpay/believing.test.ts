/** Messages and answers that UnionPay signed and that still must not be taken for what they seem. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Identity, newIdentity } from '../../../../gateways/certificate.ts';
import type { CallbackRequest, CallbackVerdict, Channel } from '../../channel.ts';
import { writeForm } from '../../wire/form-text.ts';
import { unionpay } from './channel.ts';
import { refundOrderId } from './refund-order-id.ts';
import { type Fields, signed } from './wire.ts';

let root: Identity;
let network: Identity;
let channel: Channel;
let answer: Fields | string = {};
let status = 200;

const merId = '777290058110048';
const outTradeNo = `${'CN'.padEnd(28, '0')}01`;
const attempt = { outTradeNo, reference: null, createdAt: 0, amountMinor: 1234, currency: 'CNY', tradeNo: null };
const refundNo = `${outTradeNo}R01`;
const refund = {
  refundNo,
  createdAt: 0,
  reference: null,
  attempt,
  tradeNo: '2026Q1',
  amountMinor: 200,
  paymentAmountMinor: 1234,
  currency: 'CNY',
  reason: 'r',
};
const honest: Fields = {
  version: '5.1.0',
  signMethod: '01',
  merId,
  txnType: '01',
  orderId: outTradeNo,
  txnTime: '19700101080000',
  txnAmt: '1234',
  currencyCode: '156',
  queryId: '2026Q1',
  traceTime: '0101080001',
  respCode: '00',
  respMsg: 'ok',
};

before(async () => {
  root = await newIdentity({ name: [['CN', 'Root']] });
  network = await newIdentity({ name: [['CN', '041@Z12@UP@1']], issuer: root });
  const merchant = await newIdentity({ name: [['CN', '041@Z12@M@1']], issuer: root });
  const settings = {
    merId,
    privateKey: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: merchant.certificate,
    rootCertificate: root.certificate,
    middleCertificate: root.certificate,
    certificateName: 'UP',
    gatewayUrl: 'https://network.test',
    fileUrl: 'https://network.test',
  };
  const now = Date.now();
  channel = unionpay.open(settings, {
    code: 'it',
    name: null,
    notifyUrl: 'http://shop.test/notify',
    returnUrl: () => 'http://shop.test/order',
    clock: { now: () => now, monotonicMs: () => now },
    http: { request: async () => ({ status, headers: new Headers(), body: Buffer.from(await written(answer)) }) },
  });
});

const certified = (fields: Fields) =>
  signed({ ...fields, signPubKeyCert: network.certificate.trimEnd() }, network.privateKey);

async function written(fields: Fields | string): Promise<string> {
  if (typeof fields === 'string') return fields;
  return Object.entries(await certified(fields))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

async function said(changed: Fields, request: Partial<CallbackRequest> = {}): Promise<CallbackVerdict> {
  const rawBody = Buffer.from(writeForm(await certified({ ...honest, ...changed })));
  return channel.verify({ method: 'POST', rawBody, headers: {}, query: {}, rawQuery: '', ...request });
}

test('a payment is read as it was said', async () => {
  const verdict = await said({});
  assert.ok(verdict.kind === 'paid', JSON.stringify(verdict));
  const { raw, ...payment } = verdict.payment;
  assert.deepEqual(payment, {
    channel: 'it',
    tradeNo: '2026Q1',
    outTradeNo,
    amountMinor: 1234,
    currency: 'CNY',
    merchant: merId,
    paidAt: 1000,
    source: 'callback',
  });
  assert.equal((await said({ respCode: 'A6' })).kind, 'paid');
});

const rejections: [string, Fields, Partial<CallbackRequest>?][] = [
  ['is a POST', {}, { method: 'GET' }],
  ['parameters in the address', {}, { rawQuery: 'a=1' }],
  ['form cannot be read', {}, { rawBody: Buffer.from('a=1&a=2') }],
  ['not signed', {}, { rawBody: Buffer.from(writeForm(honest)) }],
  ['version is not 5.1.0', { version: '5.0.0' }],
  ['method of signing', { signMethod: '11' }],
  ['for another merchant', { merId: '777290058110049' }],
  ['amount is missing', { orderId: '' }],
  ['amount is missing', { queryId: '' }],
  ['amount is missing', { txnAmt: '12.34' }],
  ['currency 840', { currencyCode: '840' }],
  ['amount is missing', { txnType: '04' }],
  ['amount is missing', { txnType: '04', origQryId: '2026Q1', txnAmt: '-1' }],
];
for (const [reason, changed, request] of rejections) {
  test(`rejected: ${reason} ${JSON.stringify(changed)}`, async () => {
    const verdict = await said(changed, request);
    assert.ok(verdict.kind === 'rejected' && verdict.reason.includes(reason), JSON.stringify(verdict));
  });
}

test('a card that was refused ends nothing; refunds tell theirs by our number', async () => {
  assert.equal((await said({ respCode: '61' })).kind, 'ignored');
  assert.equal((await said({ txnType: '79' })).kind, 'ignored');
  const back = { txnType: '04', orderId: refundOrderId(refundNo)!, origQryId: '2026Q1', txnAmt: '200', queryId: 'R' };
  const done = await said(back);
  assert.ok(done.kind === 'refund');
  assert.deepEqual([done.notice.refundNo, done.notice.tradeNo, done.notice.outcome], [refundNo, '2026Q1', 'succeeded']);
  const failed = await said({ ...back, respCode: '61' });
  assert.ok(failed.kind === 'refund' && failed.notice.outcome === 'rejected');
  assert.equal((await said({ ...back, respCode: '05' })).kind, 'ignored');
  const theirs = await said({ ...back, orderId: '20260101000001' });
  assert.ok(theirs.kind === 'refund' && theirs.notice.refundNo === null);
});

test('each answer to a query has its meaning', async () => {
  const query = async (changed: Fields | string, httpStatus = 200) => {
    answer = typeof changed === 'string' ? changed : { ...honest, origRespCode: '00', ...changed };
    status = httpStatus;
    return (await channel.query(attempt)).kind;
  };
  assert.equal(await query({}), 'paid');
  assert.equal(await query({ origRespCode: '05' }), 'unpaid');
  assert.equal(await query({ origRespCode: '61' }), 'unpaid');
  assert.equal(await query({ origRespCode: '' }), 'unknown');
  assert.equal(await query({ respCode: '34' }), 'not-found');
  assert.equal(await query({ respCode: '01' }), 'unknown');
  assert.equal(await query({ orderId: 'CN02CN02' }), 'unknown', 'about another order');
  assert.equal(await query({ txnTime: '19700101080001' }), 'unknown', 'about another time');
  assert.equal(await query({ txnAmt: '' }), 'unknown');
  assert.equal(await query({ merId: '777290058110049' }), 'unknown');
  assert.equal(await query('respCode=34&respCode=00'), 'unknown');
  assert.equal(await query('respCode=34'), 'unknown', 'not signed');
  assert.equal(await query({}, 502), 'unknown');
});

test('each answer to a refund has its meaning', async () => {
  const ask = async (changed: Fields) => {
    answer = { ...honest, orderId: refundOrderId(refundNo)!, ...changed };
    status = 200;
    return (await channel.refund(refund)).kind;
  };
  assert.equal(await ask({}), 'processing');
  assert.equal(await ask({ respCode: '03' }), 'processing');
  assert.equal(await ask({ respCode: '01' }), 'unknown');
  assert.equal(await ask({ respCode: '36' }), 'unknown', 'refused, and then no clear answer either');
  const told = async (changed: Fields) => {
    answer = { ...honest, orderId: refundOrderId(refundNo)!, ...changed };
    return (await channel.queryRefund?.(refund))?.kind;
  };
  assert.equal(await told({ origRespCode: '00' }), 'succeeded');
  assert.equal(await told({ origRespCode: '05' }), 'processing');
  assert.equal(await told({ origRespCode: '61' }), 'rejected');
  assert.equal(await told({ respCode: '34' }), 'not-found');
  assert.equal(await told({ origRespCode: '00', orderId: 'another1' }), 'unknown');
});
