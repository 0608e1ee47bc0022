/** Answers that WeChat signed and that still must not be taken for what was asked; and refusals, which it does not sign. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { type ChannelHttp, ChannelHttpError } from '../../channel-http.ts';
import { wechat } from './channel.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = 1_800_000_000_000;
const attempt = {
  outTradeNo: 'CN01',
  reference: null,
  createdAt: 0,
  amountMinor: 1234,
  currency: 'CNY',
  tradeNo: null,
};
const refund = {
  refundNo: 'CN01R01',
  createdAt: 0,
  reference: null,
  attempt,
  tradeNo: '4200',
  amountMinor: 200,
  paymentAmountMinor: 1234,
  currency: 'CNY',
  reason: 'r',
};

type Answer = { status?: number; body?: unknown; atMs?: number; file?: Buffer; serial?: string };

/** A channel whose network gives these answers one after the other, the last one again and again. */
function answering(...answers: Answer[]) {
  return opened(answers, 'https://network.test');
}

let sinceMs = 0;

function opened(answers: Answer[], backupUrl: string, silent = '') {
  const asked: string[] = [];
  const http: ChannelHttp = {
    request: async ({ url }) => {
      asked.push(url);
      if (silent && url.startsWith(silent)) throw new ChannelHttpError('timeout', 'silent');
      const {
        status = 200,
        body,
        atMs = now,
        file,
        serial = 'PUB_KEY_ID_1',
      } = answers[Math.min(asked.length, answers.length) - 1] ?? {};
      if (file) return { status, headers: new Headers(), body: file };
      const text = body === undefined ? '' : JSON.stringify(body);
      const timestamp = String(Math.floor(atMs / 1000));
      const signature = sign('sha256', Buffer.from(`${timestamp}\nn\n${text}\n`), pair.privateKey).toString('base64');
      const headers = new Headers({
        'wechatpay-serial': serial,
        'wechatpay-signature': signature,
        'wechatpay-timestamp': timestamp,
        'wechatpay-nonce': 'n',
      });
      return { status, headers, body: Buffer.from(text) };
    },
  };
  const settings = {
    mchid: '1900000001',
    appid: 'wx0000000000000001',
    merchantSerial: 'ABCDEF00',
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    apiV3Key: 'k'.repeat(32),
    mode: 'public-key',
    publicKeyId: 'PUB_KEY_ID_1',
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }),
    h5: false,
    jsapi: false,
    baseUrl: 'https://network.test',
    backupUrl,
  };
  const channel = wechat.open(settings, {
    code: 'it',
    name: null,
    notifyUrl: 'http://shop.test/notify',
    returnUrl: () => 'http://shop.test/order',
    clock: { now: () => now, monotonicMs: () => now + sinceMs },
    http,
  });
  return { channel, asked };
}

const paid = {
  mchid: '1900000001',
  appid: 'wx0000000000000001',
  out_trade_no: 'CN01',
  transaction_id: '4200',
  trade_state: 'SUCCESS',
  amount: { total: 1234, currency: 'CNY' },
};

test('an answer to our question is believed', async () => {
  assert.equal((await answering({ body: paid }).channel.query(attempt)).kind, 'paid');
});

const nothing: [string, Answer][] = [
  ['about another trade', { body: { ...paid, out_trade_no: 'CN02' } }],
  ['about another merchant', { body: { ...paid, mchid: '1900000002' } }],
  ['without an amount', { body: { ...paid, amount: {} } }],
  ['with a state that is not known', { body: { ...paid, trade_state: 'SOMETHING' } }],
  ['that is ten minutes old', { body: paid, atMs: now - 600_000 }],
  ['signed with another key', { body: paid, serial: 'PUB_KEY_ID_2' }],
  ['that it is busy', { status: 429, body: { code: 'FREQUENCY_LIMITED' } }],
  ['that its system failed', { status: 500, body: { code: 'SYSTEM_ERROR' } }],
  ['that our signature is wrong', { status: 401, body: { code: 'SIGN_ERROR' } }],
];
for (const [what, answer] of nothing) {
  test(`an answer ${what} says nothing`, async () => {
    assert.equal((await answering(answer).channel.query(attempt)).kind, 'unknown');
  });
}

test('that a trade is closed is believed when a signed answer says it too', async () => {
  const refusal = { status: 400, body: { code: 'ORDER_CLOSED' } };
  const closed = { body: { ...paid, trade_state: 'CLOSED' } };
  const waiting = { body: { ...paid, trade_state: 'NOTPAY' } };
  assert.equal((await answering(refusal, closed).channel.close(attempt)).kind, 'closed');
  assert.equal((await answering(refusal, { body: paid }).channel.close(attempt)).kind, 'paid');
  assert.equal((await answering(refusal, waiting).channel.close(attempt)).kind, 'unknown');
  const young = { ...attempt, createdAt: now - 299_000 };
  const { channel, asked } = answering({ status: 204 });
  assert.equal((await channel.close(young)).kind, 'not-supported');
  assert.deepEqual(asked, [], 'not even asked');
});

test('each state of a refund, and each refusal, has its meaning', async () => {
  const state = async (answer: Answer) => (await answering(answer).channel.refund(refund)).kind;
  const said = (status: string) => ({ body: { out_refund_no: refund.refundNo, refund_id: '50', status } });
  assert.equal(await state(said('SUCCESS')), 'succeeded');
  assert.equal(await state(said('PROCESSING')), 'processing');
  assert.equal(await state(said('CLOSED')), 'rejected');
  assert.equal(await state(said('ABNORMAL')), 'by-hand');
  assert.equal(await state(said('SOMETHING')), 'unknown');
  assert.equal(await state({ body: { out_refund_no: 'CN01R02', status: 'SUCCESS' } }), 'unknown');
  assert.equal(await state({ status: 403, body: { code: 'NOT_ENOUGH' } }), 'unknown');
  assert.equal(await state({ status: 400, body: { code: 'INVALID_REQUEST' } }), 'rejected');
  assert.equal(await state({ status: 404, body: { code: 'RESOURCE_NOT_EXISTS' } }), 'rejected');
  const asked = await answering({ status: 404, body: {} }).channel.queryRefund?.(refund);
  assert.equal(asked?.kind, 'not-found');
});

test('a bill is taken from WeChat alone, whole, and as it was announced', async () => {
  const announced = (url: string, hash: string) => ({
    body: { download_url: url, hash_type: 'SHA1', hash_value: hash },
  });
  const fetch = (...answers: Answer[]) => {
    const { channel, asked } = answering(...answers);
    return { result: channel.bill?.fetch('2026-01-01'), asked };
  };
  const empty = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
  const here = 'https://network.test/v3/billdownload/file?token=1';
  const whole = await fetch(announced(here, empty), { file: gzipSync('') }).result;
  assert.deepEqual(whole, { kind: 'bill', rows: [] });
  for (const answers of [
    [announced(here, empty), { file: gzipSync('more') }],
    [announced(here, empty), { file: Buffer.from('not packed') }],
    [announced(here, empty), { file: gzipSync(''), status: 500 }],
    [{ body: { download_url: here, hash_type: 'MD5', hash_value: empty } }],
    [{ status: 400, body: { code: 'PARAM_ERROR' } }],
  ] as Answer[][]) {
    assert.equal((await fetch(...answers).result)?.kind, 'unknown');
  }
  const creating = await fetch({ status: 400, body: { code: 'STATEMENT_CREATING' } }).result;
  assert.equal(creating?.kind, 'not-ready');
  const elsewhere = fetch(announced('https://elsewhere.test/file', empty));
  await assert.rejects(async () => elsewhere.result, ChannelHttpError);
  assert.equal(elsewhere.asked.length, 1, 'our signature does not go to strangers');
});

test('while the first address is silent the second is asked, and after a minute the first again', async () => {
  const { channel, asked } = opened([{ body: paid }], 'https://second.test', 'https://network.test');
  const hosts = async () => {
    asked.length = 0;
    assert.equal((await channel.query(attempt)).kind, 'paid');
    return asked.map((url) => new URL(url).host);
  };
  assert.deepEqual(await hosts(), ['network.test', 'second.test']);
  assert.deepEqual(await hosts(), ['second.test']);
  sinceMs += 61_000;
  assert.deepEqual(await hosts(), ['network.test', 'second.test']);
  const failing = opened([{ status: 502 }, { body: paid }], 'https://second.test');
  assert.equal((await failing.channel.query(attempt)).kind, 'paid', 'a bad gateway is as good as silence');
  const well = opened([{ body: paid }], 'https://second.test');
  await well.channel.query(attempt);
  assert.equal(well.asked.length, 1);
});

test('in public-key mode no certificates are asked for, whatever a message names', async () => {
  const { channel, asked } = answering({ body: paid, serial: 'ABCDEF0123456789' });
  assert.equal((await channel.query(attempt)).kind, 'unknown');
  assert.equal(asked.length, 1);
});
