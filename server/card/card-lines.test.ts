import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type CardLine,
  createCardLineReader,
  isSeparator,
  maxNumberBytes,
  maxSecretBytes,
  type RejectReason,
} from './card-lines.ts';

function read(parts: readonly (string | Uint8Array)[], separator?: string): CardLine[] {
  const reader = createCardLineReader(separator);
  return [...parts.flatMap((part) => [...reader.push(part)]), ...reader.end()];
}
const card = (line: number, secret: string, number: string | null = null): CardLine => ({
  kind: 'card',
  line,
  number,
  secret,
});
const rejected = (line: number, reason: RejectReason): CardLine => ({ kind: 'rejected', line, reason });

test('secrets, and numbers with secrets; blank lines count as lines only', () => {
  const text = '\ufeffAAA\r\n\r\n  \t\nNO1----SEC1\n NO2 ---- SEC2 \n\n密钥----值\nLAST';
  assert.deepEqual(read([text]), [
    card(1, 'AAA'),
    card(4, 'SEC1', 'NO1'),
    card(5, 'SEC2', 'NO2'),
    card(7, '值', '密钥'),
    card(8, 'LAST'),
  ]);
});

test('a line is split at its first separator; what follows belongs to the secret', () => {
  assert.deepEqual(read(['user----pass----mail\na-----b']), [card(1, 'pass----mail', 'user'), card(2, '-b', 'a')]);
  assert.deepEqual(read(['a,b,c'], ','), [card(1, 'b,c', 'a')]);
  assert.deepEqual(read(['a\tb'], '\t'), [card(1, 'b', 'a')]);
  assert.deepEqual(read(['a----b'], ''), [card(1, 'a----b')]);
});

test('what cannot be a card is rejected with its line and reason', () => {
  const cases: [string | Uint8Array, RejectReason, string?][] = [
    ['----secret', 'empty-number'],
    ['number----', 'empty-secret'],
    ['number----  ', 'empty-secret'],
    ['a\t', 'empty-secret', '\t'],
    ['----', 'empty-number'],
    ['a\0b', 'control-character'],
    ['a\tb', 'control-character'],
    ['a\rb', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['a\u2028b', 'control-character'],
    ['n\u001b----b', 'control-character'],
    ['a\ufffdb', 'invalid-utf8'],
    [Buffer.from([0xb2, 0xe2, 0xca, 0xd4]), 'invalid-utf8'], // GBK
    [Buffer.from([0x41, 0xc3]), 'invalid-utf8'], // cut inside a character
    ['x'.repeat(maxSecretBytes + 1), 'too-long'],
    [`n----${'码'.repeat(maxSecretBytes / 3 + 1)}`, 'too-long'],
    [`${'n'.repeat(maxNumberBytes + 1)}----s`, 'too-long'],
    ['x'.repeat(1_000_000), 'too-long'],
  ];
  for (const [bad, reason, separator] of cases) {
    const parts = ['before----1\n'.replace('----', separator ?? '----'), bad, '\nafter'];
    const lines = read(parts, separator);
    assert.deepEqual(
      lines,
      [card(1, '1', 'before'), rejected(2, reason), card(3, 'after')],
      `${reason}: ${bad.slice(0, 20)}`,
    );
  }
});

test('number and secret of exactly the longest size are taken', () => {
  const number = 'n'.repeat(maxNumberBytes);
  const secret = 's'.repeat(maxSecretBytes);
  assert.deepEqual(read([`${number}----${secret}\r\n`]), [card(1, secret, number)]);
});

test('a gigabyte without a line end is never kept', () => {
  const reader = createCardLineReader();
  const part = Buffer.alloc(1 << 20, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 1024; i++) assert.deepEqual([...reader.push(part)], []);
  assert.ok(process.memoryUsage().arrayBuffers - before < 16 << 20);
  assert.deepEqual([...reader.push('\nok\n')], [rejected(1, 'too-long'), card(2, 'ok')]);
});

const anyLine = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'A',
    'A----B',
    '----',
    '----B',
    'A----',
    'A----B----C',
    '\ufeffA',
    '码----值',
    '\u0001',
    '\ufffd',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/\n/g, '')),
);

test('it does not matter where the stream is cut, nor how lines end', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 10 }), (lines, cuts) => {
      const bytes = Buffer.from(lines.join('\n'));
      const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
      const parts = at.slice(1).map((to, i) => bytes.subarray(at[i], to));
      const whole = read([bytes]);
      assert.deepEqual(read(parts), whole);
      assert.deepEqual(read([lines.join('\r\n')]), whole);
      assert.deepEqual(read([bytes, '\n\n']), whole);
    }),
    { numRuns: 500 },
  );
});

test('every line that is not blank is one card or one rejection, and a card read again is the same card', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
      const found = read([lines.join('\n')]);
      const expected = lines.flatMap((line, i) => (line.trim() === '' ? [] : [i + 1]));
      assert.deepEqual(
        found.map((line) => line.line),
        expected,
      );
      for (const line of found) {
        if (line.kind !== 'card') continue;
        const text = line.number === null ? line.secret : `${line.number}----${line.secret}`;
        assert.deepEqual(read([text]), [{ ...line, line: 1 }]);
      }
    }),
    { numRuns: 500 },
  );
});

test('a separator is short and holds no line end', () => {
  for (const good of ['', '----', '|', '\t', ',']) assert.ok(isSeparator(good));
  for (const bad of ['\n', 'a\rb', '-'.repeat(21)]) assert.ok(!isSeparator(bad));
});
