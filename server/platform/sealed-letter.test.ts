import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { letterKeyOf, letterPrivateKey, openLetter, sealLetter } from './sealed-letter.ts';
import { SealBroken, sealedKeyId } from './sealed-text.ts';

const secret = createSecretKey(randomBytes(32));
const mine = letterPrivateKey(secret);
const to = letterKeyOf(7, letterPrivateKey(secret));

test('what anybody seals, the holder of the key opens, and says by which key', () => {
  const sealed = sealLetter(to, 'line-form', 'order 1', '密码 pa55');
  assert.equal(openLetter(mine, 'line-form', 'order 1', sealed), '密码 pa55');
  assert.equal(sealedKeyId(sealed), 7);
  assert.notDeepEqual(sealLetter(to, 'line-form', 'order 1', '密码 pa55'), sealed);
  assert.ok(!sealed.includes('pa55'));
});

test('another key, purpose, owner or a changed byte does not open', () => {
  const sealed = sealLetter(to, 'line-form', 'order 1', 'pa55');
  const other = letterPrivateKey(createSecretKey(randomBytes(32)));
  assert.throws(() => openLetter(other, 'line-form', 'order 1', sealed), SealBroken);
  assert.throws(() => openLetter(mine, 'manual-delivery', 'order 1', sealed), SealBroken);
  assert.throws(() => openLetter(mine, 'line-form', 'order 2', sealed), SealBroken);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] as number) ^ 1;
    assert.throws(() => openLetter(mine, 'line-form', 'order 1', changed), SealBroken, `byte ${at}`);
  }
  assert.throws(() => openLetter(mine, 'line-form', 'order 1', Buffer.from('short')), SealBroken);
});
