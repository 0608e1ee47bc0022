import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { chinaCompact, chinaDateTime, chinaRfc3339, fromChinaTime, fromRfc3339 } from './china-time.ts';
import { csvCells, csvTable } from './csv.ts';
import { readForm, writeForm } from './form-text.ts';
import { privateKeyOf, publicKeyOf, signSha256, verifiesSha256 } from './rsa.ts';
import { readZip, ZipError } from './zip.ts';

test('Beijing time there and back', () => {
  const at = Date.UTC(2026, 0, 31, 16, 0, 5);
  assert.equal(chinaDateTime(at), '2026-02-01 00:00:05');
  assert.equal(chinaCompact(at), '20260201000005');
  assert.equal(chinaRfc3339(at), '2026-02-01T00:00:05+08:00');
  assert.equal(fromChinaTime('2026-02-01 00:00:05'), at);
  assert.equal(fromChinaTime('20260201000005'), at);
  assert.equal(fromRfc3339('2026-02-01T00:00:05+08:00'), at);
  assert.equal(fromChinaTime('yesterday'), null);
});

test('a form with a doubled name, however it is spelled, cannot be read', () => {
  assert.deepEqual({ ...readForm('a=1&b=x%26y+z') }, { a: '1', b: 'x&y z' });
  for (const text of ['a=1&a=2', 'a=1&%61=2', 'a=%zz', '=1', Buffer.from([0x61, 0x3d, 0xff])]) {
    assert.equal(readForm(text), undefined);
  }
  assert.deepEqual({ ...readForm(writeForm({ n: '值 &=+' })) }, { n: '值 &=+' });
});

test('keys are read as PEM and as bare base64; only a whole signature verifies', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forms = [
    [pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), pair.publicKey.export({ type: 'spki', format: 'pem' })],
    [pair.privateKey.export({ type: 'pkcs1', format: 'pem' }), pair.publicKey.export({ type: 'pkcs1', format: 'pem' })],
    [
      pair.privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    ],
    [
      pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      pair.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
    ],
  ] as const;
  for (const [secret, open] of forms) {
    const signature = await signSha256('text', privateKeyOf(String(secret), 'privateKey'));
    const key = publicKeyOf(String(open), 'publicKey');
    assert.equal(verifiesSha256('text', signature, key), true);
    for (const wrong of ['', signature.slice(0, -4), `${signature}\n`, ` ${signature}`, undefined, true, [signature]]) {
      assert.equal(verifiesSha256('text', wrong, key), false);
    }
    assert.equal(verifiesSha256('text2', signature, key), false);
  }
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  assert.throws(() => privateKeyOf(String(short), 'privateKey'), /privateKey: an RSA key of 1024 bits is too short/);
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  assert.throws(() => privateKeyOf(String(curve), 'privateKey'), /not an RSA key/);
  assert.throws(() => publicKeyOf('nonsense', 'publicKey'), /cannot be read/);
});

/** Written by Python's zipfile: a deflated and a stored entry. */
const archive = Buffer.from(
  'UEsDBBQAAAAIAIMYIlyl9EAeCwAAAPAAAAAFAAAAYS5jc3bLSM3JydfJGDEkAFBLAwQUAAAAAACDGCJcC/lDVgYAAAAGAAAABQAAAGIuY3N2c3RvcmVkUEsBAhQDFAAAAAgAgxgiXKX0QB4LAAAA8AAAAAUAAAAAAAAAAAAAAIABAAAAAGEuY3N2UEsBAhQDFAAAAAAAgxgiXAv5Q1YGAAAABgAAAAUAAAAAAAAAAAAAAIABLgAAAGIuY3N2UEsFBgAAAAACAAIAZgAAAFcAAAAAAA==',
  'base64',
);

test('a zip archive gives up its entries, within limits, and no damaged ones', () => {
  const entries = readZip(archive, 1000);
  assert.deepEqual(
    entries.map(({ nameBytes, data }) => [String(nameBytes), String(data)]),
    [
      ['a.csv', 'hello,'.repeat(40)],
      ['b.csv', 'stored'],
    ],
  );
  assert.throws(() => readZip(archive, 100), /more than 100 bytes/);
  assert.throws(() => readZip(Buffer.from('PK'), 100), ZipError);
  const damaged = Buffer.from(archive);
  damaged[40] = damaged[40]! ^ 0xff;
  assert.throws(() => readZip(damaged, 1000), ZipError);
});

test('bills: cells lose tabs and backticks, the table ends where it says', () => {
  assert.deepEqual(csvCells('`1,2\t,"a,""b""",,'), ['1', '2', 'a,"b"', '', '']);
  const table = csvTable(['#x', 'no,amount', '7\t,1.00', '', '#end', '8,2.00'], 'no', (line) => line.startsWith('#'));
  assert.deepEqual(
    table.rows.map((cell) => [cell('no'), cell('amount'), cell('nothing')]),
    [['7', '1.00', '']],
  );
});
