import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerFault, fieldFaults, patternOf } from './buyer-answers.ts';
import type { BuyerField } from './buyer-fields.ts';

const field = (more: Partial<BuyerField> = {}): BuyerField => ({
  key: 'uid',
  label: { zh: '账号' },
  kind: 'text',
  required: true,
  ...more,
});

test('an answer is judged by its kind, its length and its pattern', () => {
  const cases: [Partial<BuyerField>, string | undefined, ReturnType<typeof answerFault>][] = [
    [{}, undefined, 'missing'],
    [{}, '   ', 'missing'],
    [{ required: false }, '', undefined],
    [{ minLength: 3 }, ' ab ', 'short'],
    [{ maxLength: 3 }, 'abcd', 'long'],
    [{}, 'a\u0000b', 'pattern'],
    [{ kind: 'number' }, '12345', undefined],
    [{ kind: 'number' }, '-1', 'number'],
    [{ kind: 'email' }, 'li@example.com', undefined],
    [{ kind: 'email' }, 'li@example', 'email'],
    [{ kind: 'select', options: [{ value: 'cn' }, { value: 'eu' }] }, 'eu', undefined],
    [{ kind: 'select', options: [{ value: 'cn' }] }, 'us', 'option'],
    [{ pattern: '[A-Z]{2}\\d{4,8}' }, 'AB1234', undefined],
    [{ pattern: '[A-Z]{2}\\d{4,8}' }, 'xAB1234', 'pattern'],
    [{ kind: 'secret', minLength: 8 }, 'short', 'short'],
  ];
  for (const [more, answer, fault] of cases) assert.equal(answerFault(field(more), answer), fault, `${answer}`);
});

test('a pattern that could make the shop slow, or is none, is refused', () => {
  for (const bad of ['(a+)+', 'a*b*c*d*e', '(?=a)', 'a|b', '\\1', '[', 'a**', '[z-a]', '\\u{1}', '^*'])
    assert.equal(patternOf(bad), undefined, bad);
  for (const good of ['\\d{5,12}', '^[\\w.-]+$', '[1-9]\\d*', '#\\d{4}', '[一-龥]{2,8}', 'UID-\\d+'])
    assert.ok(patternOf(good), good);
  assert.equal(patternOf('\\w*\\w*\\w*x')?.test('a'.repeat(300)), false, 'the worst there is ends');
});

test('a definition that contradicts itself says where', () => {
  const wrong = [
    field(),
    field(),
    field({ key: 'a', kind: 'select' }),
    field({ key: 'b', minLength: 5, maxLength: 4 }),
  ];
  assert.deepEqual(
    fieldFaults(wrong).map(({ path }) => path),
    ['1/key', '2/options', '3/maxLength'],
  );
  assert.deepEqual(fieldFaults([field({ kind: 'select', options: [{ value: 'a' }] })]), []);
});
