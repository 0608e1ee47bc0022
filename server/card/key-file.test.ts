import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { KeyFileError, parseKeyFile } from './key-file.ts';

const key = randomBytes(32);
const base64 = key.toString('base64');
const good = {
  version: 1,
  active: 2,
  keys: [
    { id: 1, key: randomBytes(32).toString('base64'), createdAt: 5 },
    { id: 2, key: base64, createdAt: 6 },
  ],
  hashKey: base64,
};

test('a bare key is key 1, whether in base64, base64url or hex, and always gives the same hash key', () => {
  const forms = [base64, `${base64}\n`, base64.replace('=', ''), key.toString('base64url'), key.toString('hex')];
  const files = forms.map((text) => parseKeyFile(text, 'f'));
  for (const file of files) {
    assert.equal(file.active, 1);
    assert.deepEqual(file.keys, [{ id: 1, key, createdAt: 0 }]);
    assert.deepEqual(file.hashKey, files[0]?.hashKey);
  }
  assert.notDeepEqual(files[0]?.hashKey, key);
});

test('the JSON form names its keys', () => {
  const file = parseKeyFile(JSON.stringify(good), 'f');
  assert.equal(file.active, 2);
  assert.deepEqual(file.keys[1], { id: 2, key, createdAt: 6 });
  assert.deepEqual(file.hashKey, key);
});

test('anything else is refused with a sentence that holds none of its content', () => {
  const bad: Record<string, string> = {
    'neither JSON nor 32 bytes': base64.slice(4),
    'it is not JSON': `{"keys": "${base64}"`,
    'version must be 1': JSON.stringify({ ...good, version: 2 }),
    'keys must be a list': JSON.stringify({ ...good, keys: [] }),
    'a key id is not a number': JSON.stringify({ ...good, keys: [{ id: '1', key: base64 }] }),
    'key 1 is not 32 bytes': JSON.stringify({ ...good, keys: [{ id: 1, key: `${base64}AAAA` }] }),
    'two keys have the same id': JSON.stringify({ ...good, keys: [good.keys[0], good.keys[0]] }),
    'active does not name': JSON.stringify({ ...good, active: 3 }),
    'hashKey is not 32 bytes': JSON.stringify({ ...good, hashKey: undefined }),
  };
  for (const [says, text] of Object.entries(bad)) {
    assert.throws(
      () => parseKeyFile(text, '/keys/master.key'),
      (error) => {
        assert.ok(error instanceof KeyFileError);
        assert.match(error.message, new RegExp(says));
        assert.match(error.message, /\/keys\/master\.key/);
        assert.ok(!error.message.includes(base64.slice(0, 20)));
        return true;
      },
      says,
    );
  }
});
