/** The keyring and its file: made once, guarded, followed while it changes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { createKeyFile, KeyFileError, newKeyFile, readKeyFile, replaceKeyFile } from '../../server/card/key-file.ts';
import { keyFileLookMs, openKeyring, UnknownCardKey } from '../../server/card/keyring.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardwell-keyring-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${++files}`, 'master.key');

const time = { ms: 1_000_000 };
const clock = { now: () => time.ms, monotonicMs: () => time.ms };
const open = (path: string, options: { strict?: boolean; create?: boolean } = {}) =>
  openKeyring({ path, clock, strict: options.strict ?? true, create: options.create ?? true });

function addKey(path: string, hashKey?: Buffer): number {
  const { content } = readKeyFile(path, true);
  const id = Math.max(...content.keys.map((key) => key.id)) + 1;
  const key = { id, key: randomBytes(32), createdAt: 1 };
  replaceKeyFile(path, { active: id, keys: [...content.keys, key], hashKey: hashKey ?? content.hashKey });
  return id;
}

test('the first start makes a file only its owner can read; the next one opens what the first sealed', () => {
  const path = newPath();
  const { bytes, keyId } = open(path).seal('card-secret', 'a', 'hello');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(keyId, 1);
  assert.equal(open(path, { create: false }).unseal('card-secret', 'a', bytes), 'hello');
});

test('where the operator brings the key, a missing file is an error and nothing is made', () => {
  const path = newPath();
  assert.throws(() => open(path, { create: false }), KeyFileError);
  assert.ok(!existsSync(path));
});

test('eight processes that start at once agree on one key', async () => {
  const path = newPath();
  const module = new URL('../../server/card/keyring.ts', import.meta.url).href;
  const code = `const { openKeyring } = await import('${module}');
    const clock = { now: () => Date.now(), monotonicMs: () => performance.now() };
    const keyring = openKeyring({ path: process.argv[1], clock, strict: true, create: true });
    process.stdout.write(keyring.hash('x'));`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code, path]);
  const hashes = await Promise.all(Array.from({ length: 8 }, run));
  assert.equal(new Set(hashes.map(({ stdout }) => stdout)).size, 1);
});

test('whoever comes second to make the file leaves the one there is', () => {
  const path = newPath();
  const hash = open(path).hash('x');
  createKeyFile(path, newKeyFile(2));
  assert.equal(open(path).hash('x'), hash);
  assert.deepEqual(readdirSync(join(path, '..')), ['master.key']);
});

test('a file that others can read is refused in production, with the command that mends it', () => {
  const path = newPath();
  open(path);
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(path, mode);
    assert.throws(() => open(path), { name: 'KeyFileError', message: /can be read by others .*chmod 600/ });
    assert.doesNotThrow(() => open(path, { strict: false }));
  }
});

test('a broken file is never replaced by a new one', () => {
  const path = newPath();
  open(path);
  writeFileSync(path, 'oops');
  assert.throws(() => open(path), KeyFileError);
  assert.equal(readFileSync(path, 'utf8'), 'oops');
});

test('a serving keyring opens what another process sealed with a key added since', () => {
  const path = newPath();
  const serving = open(path);
  assert.equal(addKey(path), 2);
  const { bytes } = open(path).seal('card-secret', 'a', 'new');
  assert.equal(serving.unseal('card-secret', 'a', bytes), 'new');
});

test('a serving keyring seals with the new active key within a second', () => {
  const path = newPath();
  const serving = open(path);
  addKey(path);
  time.ms += keyFileLookMs;
  assert.equal(serving.seal('card-secret', 'a', 'x').keyId, 2);
});

test('a key that is gone from the file is named in the error', () => {
  const path = newPath();
  const keyring = open(path);
  const { bytes } = keyring.seal('card-secret', 'a', 'x');
  addKey(path);
  const { content } = readKeyFile(path, true);
  replaceKeyFile(path, { ...content, keys: content.keys.filter((key) => key.id === 2) });
  const fresh = open(path);
  assert.throws(
    () => fresh.unseal('card-secret', 'a', bytes),
    (error) => error instanceof UnknownCardKey && error.keyId === 1,
  );
});

test('a serving keyring does not follow a file with another hash key, a broken one, or none', () => {
  const path = newPath();
  const keyring = open(path);
  const hash = keyring.hash('CARD-1');
  addKey(path, randomBytes(32));
  keyring.reload();
  assert.equal(keyring.activeKeyId, 1);
  assert.equal(keyring.hash('CARD-1'), hash);
  writeFileSync(path, '{');
  keyring.reload();
  rmSync(path);
  keyring.reload();
  assert.equal(keyring.seal('card-secret', 'a', 'x').keyId, 1);
});

test('a printed keyring shows no key', () => {
  const path = newPath();
  replaceKeyFile(join(folder, 'shown.key'), newKeyFile(1));
  const { content } = readKeyFile(join(folder, 'shown.key'), true);
  const keyring = open(join(folder, 'shown.key'));
  const printed = JSON.stringify(keyring) + String(keyring) + path;
  for (const secret of [content.hashKey, ...content.keys.map((key) => key.key)]) {
    assert.ok(!printed.includes(secret.toString('base64')));
  }
});
