import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { certificatesIn } from '../../wire/certificates.ts';
import { publicKeyOf } from '../../wire/rsa.ts';
import { certificateSn, rootCertificateSn } from './certificate-sn.ts';
import { messageVerifies, readAnswer, signed } from './wire.ts';

const published = JSON.parse(readFileSync(new URL('fixtures/published.json', import.meta.url), 'utf8'));

test('a published message of Alipay verifies, and not with one sign changed', () => {
  const { publicKey, fields } = published.notify;
  const key = publicKeyOf(publicKey, 'alipayPublicKey');
  assert.equal(messageVerifies(fields, key), true);
  for (const name of Object.keys(fields)) {
    if (name === 'sign_type') continue;
    assert.equal(messageVerifies({ ...fields, [name]: `${fields[name]}0` }, key), false, name);
  }
  assert.equal(messageVerifies({ ...fields, more: '1' }, key), false);
});

test('published certificates have the published numbers', () => {
  const { app, appSn, alipay, alipaySn, root, rootSn } = published.certificates;
  assert.equal(certificateSn(certificatesIn(app)[0]!), appSn);
  assert.equal(certificateSn(certificatesIn(alipay)[0]!), alipaySn);
  assert.equal(rootCertificateSn(certificatesIn(root)), rootSn);
});

test('the text that was signed is the text that is read', async () => {
  const inner = '{"code":"10000","note":"a } \\" { b","list":[{"x":"1"}]}';
  const method = 'alipay.trade.query';
  const answer = readAnswer(`{"alipay_trade_query_response":${inner},"alipay_cert_sn":"ab","sign":"s"}`, method);
  assert.equal(answer?.raw, inner);
  assert.equal(answer?.certificateSn, 'ab');
  assert.equal(answer?.body.note, 'a } " { b');
  for (const text of [
    '',
    '[]',
    '{"sign":"s"}',
    `{"alipay_trade_close_response":${inner},"sign":"s"}`,
    // Of two objects of one name the first would be checked and the last read.
    `{"x":"alipay_trade_query_response","alipay_trade_query_response":${inner},"sign":"s"}`,
    `{"alipay_trade_query_response":"text","sign":"s"}`,
  ]) {
    assert.equal(readAnswer(text, method), undefined, text);
  }
  const twice = `{"alipay_trade_query_response":{"code":"1"},"alipay_trade_query_response":{"code":"2"},"sign":"s"}`;
  assert.equal(readAnswer(twice, method)?.body.code, '1', 'what is read is what is checked');

  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const request = await signed({ b: '2', a: '1', empty: '', sign_type: 'RSA2' }, pair.privateKey);
  assert.equal(
    messageVerifies({ b: '2', a: '1', sign: request.sign! }, pair.publicKey),
    false,
    'sign_type is signed too',
  );
});
