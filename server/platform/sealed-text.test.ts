import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { SealBroken, seal, sealedKeyId, sealOverheadBytes, unseal } from './sealed-text.ts';

const key = createSecretKey(randomBytes(32));

test('any text comes back as it was, under the key id it was sealed with', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.integer({ min: 1, max: 0x7fffffff }),
      (text, owner, id) => {
        const sealed = seal(id, key, 'card-secret', owner, text);
        assert.equal(sealed.length, Buffer.byteLength(text) + sealOverheadBytes);
        assert.equal(sealedKeyId(sealed), id);
        assert.equal(unseal(key, 'card-secret', owner, sealed), text);
        assert.equal(unseal(key, 'card-secret', owner, new Uint8Array(sealed)), text);
      },
    ),
  );
});

test('the same text sealed 5,000 times never repeats a nonce', () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 5000; i++) nonces.add(seal(1, key, 'card-secret', 'a', 'x').toString('hex', 5, 17));
  assert.equal(nonces.size, 5000);
});

test('a value with any one bit changed does not open', () => {
  const sealed = seal(7, key, 'card-number', 'owner', 'ABCD-1234');
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    assert.throws(() => sealedKeyId(changed) && unseal(key, 'card-number', 'owner', changed), SealBroken, `bit ${bit}`);
  }
});

test('a value moved to another row, read for another purpose, cut short, or opened with another key does not open', () => {
  const sealed = seal(1, key, 'card-secret', 'hash-of-card-1', 'secret');
  const attempts: [string, string, Buffer, typeof key][] = [
    ['card-secret', 'hash-of-card-2', sealed, key],
    ['card-number', 'hash-of-card-1', sealed, key],
    ['card-secret', 'hash-of-card-1', sealed.subarray(0, -1), key],
    ['card-secret', 'hash-of-card-1', sealed, createSecretKey(randomBytes(32))],
  ];
  for (const [purpose, owner, bytes, withKey] of attempts) {
    assert.throws(() => unseal(withKey, purpose, owner, bytes), SealBroken);
  }
  assert.throws(() => sealedKeyId(Buffer.from('plain text that was never sealed at all, though long')), SealBroken);
  assert.throws(() => sealedKeyId(sealed.subarray(0, 20)), SealBroken);
});

test('the error of a value that does not open holds nothing of it', () => {
  const sealed = seal(1, key, 'card-secret', 'hash', 'TOP-SECRET');
  try {
    unseal(key, 'card-secret', 'other', sealed);
    assert.fail('it opened');
  } catch (error) {
    assert.doesNotMatch(String(error), /TOP-SECRET|hash|other/);
  }
});
