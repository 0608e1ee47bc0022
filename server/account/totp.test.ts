import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, otpauthUri, stepOfCode, totpCode, totpStep } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B', () => {
  const published = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  for (const [seconds, code] of published) assert.equal(totpCode(secret, totpStep(seconds * 1000), 8), code);
});

test('a code is good for its own half minute and the ones beside it', () => {
  const now = 1_111_111_109_000;
  const step = totpStep(now);
  for (const off of [-1, 0, 1]) assert.equal(stepOfCode(secret, totpCode(secret, step + off), now), step + off);
  for (const off of [-2, 2]) assert.equal(stepOfCode(secret, totpCode(secret, step + off), now), undefined);
  assert.equal(stepOfCode(secret, '', now), undefined);
});

test('base32 is that of RFC 4648', () => {
  const published = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' };
  for (const [plain, text] of Object.entries(published)) assert.equal(base32(Buffer.from(plain)), text);
});

test('names of shops and people do not break the address in the QR code', () => {
  const uri = otpauthUri({ issuer: '卡:店', login: 'a b?&', secret });
  assert.equal(
    uri,
    `otpauth://totp/${encodeURIComponent('卡 店')}:a%20b%3F%26?secret=${base32(secret)}&issuer=${encodeURIComponent('卡 店')}`,
  );
});
