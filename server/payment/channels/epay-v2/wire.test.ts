import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { writeForm } from '../../wire/form-text.ts';
import { answerFields, signedText, signFields, verifyEpayV2Callback } from './wire.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const account = { code: 'epay-2', pid: '1001', platformKey: publicKey };
const now = 1_795_380_000_000;
const notice = {
  pid: '1001',
  trade_no: '2026112220000000001',
  out_trade_no: '0101JD0000000000000000000001',
  name: '月卡',
  money: '12.34',
  trade_status: 'TRADE_SUCCESS',
};
const verdict = (rawQuery: string, at = now) =>
  verifyEpayV2Callback({ method: 'GET', rawBody: Buffer.alloc(0), headers: {}, query: {}, rawQuery }, account, at);

test('the signed text leaves out what is empty or blank, the signature and its type', () => {
  assert.equal(signedText({ b: '2', a: ' 1', sign: 'x', sign_type: 'RSA', c: '', d: '  ' }), 'a= 1&b=2');
});

test('a signature is RSA with SHA-256 over the text, the time included', async () => {
  const fields = await signFields(notice, privateKey, now);
  const text = signedText(fields);
  assert.ok(text.includes('timestamp=1795380000'));
  assert.ok(
    createVerify('RSA-SHA256')
      .update(text)
      .verify(publicKey, fields.sign ?? '', 'base64'),
  );
});

test('a genuine, fresh message for us is a payment; all others are rejected', async () => {
  const fields = await signFields(notice, privateKey, now);
  const signed = writeForm(fields);
  assert.partialDeepStrictEqual(verdict(signed), { kind: 'paid', payment: { amountMinor: 1234, merchant: '1001' } });
  assert.equal(verdict(signed, now + 299_000).kind, 'paid');
  const bad = [
    signed.replace('money=12.34', 'money=0.01'),
    signed.replace('sign_type=RSA', 'sign_type=MD5'),
    signed.replace(/sign=[^&]+/, 'sign='),
    signed.replace(/timestamp=\d+/, 'timestamp=1795380001'),
    `${signed}&pid=1001`,
    writeForm(await signFields({ ...notice, pid: '1002' }, privateKey, now)),
    writeForm(await signFields({ ...notice, pid: '' }, privateKey, now)),
  ];
  for (const query of bad) assert.equal(verdict(query).kind, 'rejected', query);
  assert.equal(verdict(signed, now + 301_000).kind, 'rejected');
  assert.equal(verdict(signed, now - 302_000).kind, 'rejected');
});

test('answers are read as they are signed', () => {
  const fields = answerFields({ code: 0, msg: 'ok', list: [1], nothing: null, flag: true, off: false });
  assert.deepEqual({ ...fields }, { code: '0', msg: 'ok', flag: '1' });
});
