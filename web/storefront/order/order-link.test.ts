import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrderLink } from './order-link.ts';

const id = 'HZ01K9ZQ3V5T7W8X2Y4A6B8C0D1E'.slice(0, 28);

test('a pasted link gives number and key, also with words around it', () => {
  const found = { id, token: 'a+b' };
  assert.deepEqual(readOrderLink(`https://shop.example/orders/${id}#t=a%2Bb`, ''), found);
  assert.deepEqual(readOrderLink(`订单： https://shop.example/orders/${id}#t=a%2Bb 请保存`, ''), found);
});

test('a number needs its key beside it', () => {
  assert.equal(readOrderLink(id, ''), undefined);
  assert.deepEqual(readOrderLink(` ${id} `, ' key '), { id, token: 'key' });
  assert.deepEqual(readOrderLink(id, '#t=key'), { id, token: 'key' });
});

test('what is no order number is refused', () => {
  assert.equal(readOrderLink('hello', 'key'), undefined);
  assert.equal(readOrderLink(`${id}X`, 'key'), undefined);
});
