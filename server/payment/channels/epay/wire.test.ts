import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallbackRequest } from '../../channel.ts';
import { writeForm } from '../../wire/form-text.ts';
import { epaySignature, signedFields, verifyEpayCallback } from './wire.ts';

const account = { code: 'epay-1', pid: '1001', key: 'k'.repeat(32) };
const notice = {
  pid: '1001',
  trade_no: '2026112220000000001',
  out_trade_no: '0101JD0000000000000000000001',
  type: 'alipay',
  name: '月卡 & 年卡+1',
  money: '12.3400',
  trade_status: 'TRADE_SUCCESS',
  param: '',
};

function call(rawQuery: string): CallbackRequest {
  return { method: 'GET', rawBody: Buffer.alloc(0), headers: {}, query: {}, rawQuery };
}
const verdictOf = (fields: Record<string, string>, key = account.key) =>
  verifyEpayCallback(call(writeForm(signedFields(fields, key))), account);

// The vector is the one in epusdt's wiki/API.md, which took the rule over from epay word for word.
test('the signature is the published one', () => {
  const fields = {
    order_id: '20220201030210321',
    amount: '42',
    notify_url: 'http://example.com/notify',
    redirect_url: 'http://example.com/redirect',
    empty: '',
    sign: 'not signed',
    sign_type: 'MD5',
  };
  assert.equal(epaySignature(fields, 'epusdt_password_xasddawqe'), '1cd4b52df5587cfb1968b0c0c6e156cd');
});

test('a payment is read to the cent', () => {
  const verdict = verdictOf(notice);
  assert.equal(verdict.kind, 'paid');
  assert.partialDeepStrictEqual(verdict, {
    payment: { channel: 'epay-1', amountMinor: 1234, currency: 'CNY', merchant: '1001', tradeNo: notice.trade_no },
  });
});

test('only TRADE_SUCCESS is money', () => {
  assert.equal(verdictOf({ ...notice, trade_status: 'TRADE_CLOSED' }).kind, 'ignored');
  assert.equal(verdictOf({ ...notice, trade_status: '' }).kind, 'ignored');
});

test('what is not proved is rejected', () => {
  const rejected = (query: string) => assert.equal(verifyEpayCallback(call(query), account).kind, 'rejected', query);
  const signed = writeForm(signedFields(notice, account.key));
  rejected('');
  rejected(writeForm(notice));
  rejected(signed.replace('sign_type=MD5', 'sign_type=md5'));
  rejected(signed.replace('&sign_type=MD5', ''));
  rejected(`${signed}&money=0.01`);
  rejected(`${signed}&mone%79=0.01`);
  rejected(signed.replace('money=12.3400', 'money=12.34'));
  rejected(writeForm(signedFields(notice, 'another')));
  rejected(writeForm(signedFields({ ...notice, pid: '1002' }, account.key)));
  for (const money of ['', '-1', '1e3', '12.345', '１'])
    rejected(writeForm(signedFields({ ...notice, money }, account.key)));
  rejected(writeForm(signedFields({ ...notice, out_trade_no: "0101' OR 1=1" }, account.key)));
  assert.equal(verifyEpayCallback({ ...call(signed), method: 'PUT' }, account).kind, 'rejected');
});
