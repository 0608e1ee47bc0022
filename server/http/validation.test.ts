import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { schemaValidator } from './validation.ts';

const schema = Type.Object({ n: Type.Integer({ minimum: 1 }) });

function validated(httpPart: string, value: unknown): unknown {
  const validate = schemaValidator()({ schema, method: 'GET', url: '/', httpPart });
  const result = validate(value) as { value?: unknown; error?: { validation: { instancePath: string }[] } };
  return result.error ? result.error.validation.map((one) => one.instancePath) : result.value;
}

test('text of a query becomes the number it says', () => {
  assert.deepEqual(validated('querystring', { n: '12' }), { n: 12 });
  assert.deepEqual(validated('params', { n: '1e3' }), { n: 1000 });
});

test('a number without end is no number, in whatever part it comes', () => {
  for (const part of ['querystring', 'params', 'headers']) {
    for (const n of ['1e999', 'Infinity', 'NaN', '-1e999'])
      assert.deepEqual(validated(part, { n }), ['/n'], `${part} ${n}`);
  }
});

test('in a body a text is never a number', () => {
  assert.deepEqual(validated('body', { n: '12' }), ['/n']);
  assert.deepEqual(validated('body', { n: 12 }), { n: 12 });
});
