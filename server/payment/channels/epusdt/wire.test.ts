import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallbackRequest } from '../../channel.ts';
import {
  goNumber,
  plainNumber,
  recordedNumber,
  type TokenGateway,
  tokenSignature,
  verifyTokenCallback,
} from './wire.ts';

const gateway: TokenGateway = {
  code: 'usdt',
  token: 'token',
  pid: undefined,
  merchant: 'bepusdt',
  currency: 'CNY',
  writeNumber: goNumber,
  tradeNoField: 'block_transaction_id',
  matchedWithinMs: 1,
};
const notice = {
  trade_id: 'b3d2477c-d945-41da-96b7-f925bbd1b415',
  order_id: '0101JD0000000000000000000001',
  amount: 28.88,
  actual_amount: '10',
  token: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  block_transaction_id: '0x12ef6267b42e43959795cf31808d0cc72b3d0a48953ed19c61d4b6665a341d10',
  status: 2,
};

const call = (body: string): CallbackRequest => ({
  method: 'POST',
  rawBody: Buffer.from(body),
  headers: {},
  query: {},
  rawQuery: '',
});
function signed(values: Record<string, unknown>, token = gateway.token): string {
  return JSON.stringify({ ...values, signature: tokenSignature(values, token, goNumber) });
}
const verdict = (body: string, more: Partial<TokenGateway> = {}) =>
  verifyTokenCallback(call(body), { ...gateway, ...more });

// The example of epusdt's wiki/API.md and of BEpusdt's docs/api.md.
test('the signature is the published one', () => {
  const values = {
    order_id: '20220201030210321',
    amount: 42,
    notify_url: 'http://example.com/notify',
    redirect_url: 'http://example.com/redirect',
    name: '',
    nothing: null,
  };
  for (const print of [plainNumber, goNumber]) {
    assert.equal(tokenSignature(values, 'epusdt_password_xasddawqe', print), '1cd4b52df5587cfb1968b0c0c6e156cd');
  }
  assert.equal(tokenSignature({ list: [1] }, 'token', goNumber), undefined);
  assert.equal(tokenSignature({ flag: true }, 'token', goNumber), undefined);
});

// As Go prints them: strconv.FormatFloat(x, 'f', -1, 64), and fmt's %v.
test('numbers are written as the two gateways print them', () => {
  const cases: [number, string, string][] = [
    [0, '0', '0'],
    [42, '42', '42'],
    [28.88, '28.88', '28.88'],
    [0.01, '0.01', '0.01'],
    [0.00001, '0.00001', '1e-05'],
    [999999.99, '999999.99', '999999.99'],
    [1000000, '1000000', '1e+06'],
    [1234567.8, '1234567.8', '1.2345678e+06'],
    [1e21, '1000000000000000000000', '1e+21'],
  ];
  for (const [value, plain, go] of cases) assert.deepEqual([plainNumber(value), goNumber(value)], [plain, go]);
});

test('status 2 is a payment under the number of its transaction, nothing else is', () => {
  assert.partialDeepStrictEqual(verdict(signed(notice)), {
    kind: 'paid',
    payment: {
      amountMinor: 2888,
      currency: 'CNY',
      tradeNo: '12ef6267b42e43959795cf31808d0cc72b3d0a48953ed19c61d4b6665a341d10',
      matchedWithinMs: 1,
    },
  });
  assert.equal(verdict(signed({ ...notice, status: 1 })).kind, 'ignored');
  assert.equal(verdict(signed({ ...notice, status: 3 })).kind, 'failed');
  for (const status of ['2', 2.5, 4, null, true]) assert.notEqual(verdict(signed({ ...notice, status })).kind, 'paid');
  assert.partialDeepStrictEqual(verdict(signed(notice), { tradeNoField: 'trade_id' }), {
    payment: { tradeNo: notice.trade_id },
  });
});

test('amounts are read to the cent, however they are written', () => {
  const paid = (amount: unknown) => {
    const one = verdict(signed({ ...notice, amount }));
    return one.kind === 'paid' ? one.payment.amountMinor : one.kind;
  };
  assert.equal(paid('100.0000'), 10_000);
  assert.equal(paid(1_234_567.8), 123_456_780);
  for (const amount of [28.885, -1, '1e3', '', null]) assert.equal(paid(amount), 'rejected', String(amount));
});

test('what is not proved is rejected', () => {
  const good = signed(notice);
  const bad = [
    '',
    '[]',
    'null',
    JSON.stringify(notice),
    JSON.stringify({ ...notice, signature: true }),
    JSON.stringify({ ...notice, signature: null }),
    good.replace('28.88', '0.01'),
    good.replace('{', '{"amount":0.01,'),
    good.replace('{', '{"\\u0061mount":0.01,'),
    signed(notice, 'another'),
    signed({ ...notice, order_id: '' }),
    signed({ ...notice, order_id: 7 }),
    signed({ ...notice, trade_id: '' }),
    signed({ ...notice, block_transaction_id: '' }),
    signed({ ...notice, actual_amount: 0 }),
  ];
  for (const body of bad) assert.equal(verdict(body).kind, 'rejected', body);
  assert.equal(verifyTokenCallback({ ...call(good), method: 'GET' }, gateway).kind, 'rejected');
  // A gateway that has several merchants must say which.
  assert.equal(verdict(good, { pid: '1000' }).kind, 'rejected');
  assert.equal(verdict(signed({ ...notice, pid: '1001' }), { pid: '1000' }).kind, 'rejected');
  assert.equal(verdict(signed({ ...notice, pid: '1000' }), { pid: '1000' }).kind, 'paid');
});

test('numbers of transactions fit our records and stay different', () => {
  const long = '5'.repeat(88);
  assert.equal(recordedNumber(long)?.length, 64);
  assert.notEqual(recordedNumber(long), recordedNumber(`${long.slice(1)}6`));
  assert.equal(recordedNumber('with space'), undefined);
  assert.equal(recordedNumber(7), undefined);
});
