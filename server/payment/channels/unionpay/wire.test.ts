import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { certificatesIn } from '../../wire/certificates.ts';
import { readForm } from '../../wire/form-text.ts';
import { readAnswer, type Trust, whatIsWrong } from './wire.ts';

const published = JSON.parse(readFileSync(new URL('fixtures/published.json', import.meta.url), 'utf8'));
const fields = readForm(published.message)!;
const at = Date.UTC(2017, 9, 30, 14, 36, 32);
const trust = (more: Partial<Trust> = {}): Trust => ({
  merId: '777290058146592',
  certificateName: '00040000:SIGN',
  roots: certificatesIn(published.root),
  between: certificatesIn(published.middle),
  proved: new Map(),
  ...more,
});

test('a published message of UnionPay is believed, in its time', () => {
  assert.equal(whatIsWrong({ ...fields }, trust(), at), undefined);
  const same = trust();
  assert.equal(whatIsWrong({ ...fields }, same, at), undefined);
  assert.equal(same.proved.size, 1);
  assert.equal(whatIsWrong({ ...fields }, same, at), undefined, 'and again, from what was proved');
  const later = Date.UTC(2018, 0, 1);
  assert.match(String(whatIsWrong({ ...fields }, same, later)), /certificate/, 'not after the certificate has ended');
});

test('it is not believed with anything changed, left out or added', () => {
  for (const name of Object.keys(fields)) {
    assert.notEqual(whatIsWrong({ ...fields, [name]: `${fields[name]}0` }, trust(), at), undefined, name);
    const { [name]: _gone, ...without } = fields;
    assert.notEqual(whatIsWrong(without, trust(), at), undefined, `without ${name}`);
  }
  assert.match(String(whatIsWrong({ ...fields, more: '1' }, trust(), at)), /signature/);
});

test('nor by another name, another root or for another merchant', () => {
  assert.match(String(whatIsWrong(fields, trust({ certificateName: '中国银联股份有限公司' }), at)), /certificate/);
  assert.match(String(whatIsWrong(fields, trust({ roots: [] }), at)), /certificate/);
  assert.match(String(whatIsWrong(fields, trust({ between: [] }), at)), /certificate/);
  assert.match(String(whatIsWrong(fields, trust({ merId: '777290058146593' }), at)), /another merchant/);
});

test('answers are read as they are written, with braces, and never twice', () => {
  assert.deepEqual(
    { ...readAnswer('a=1&tokenPayData={token=6&trId=2}&signature=ab+/==&c=') },
    { a: '1', tokenPayData: '{token=6&trId=2}', signature: 'ab+/==', c: '' },
  );
  for (const text of ['a=1&a=2', 'a', '=1', '<html>']) assert.equal(readAnswer(text), undefined, text);
});
