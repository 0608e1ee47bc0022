import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingError } from '../../platform/setting-fields.ts';
import { trustedAddress } from './gateway-address.ts';
import { jsonObject, plainText } from './json-object.ts';

test('an address whose answers are not signed is https, or a neighbour', () => {
  for (const address of [
    'https://pay.example.com',
    'https://pay.example.com/sub',
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://10.0.0.5',
    'http://172.16.0.5',
    'http://192.168.1.5:3000',
    'http://[::1]:8080',
    'http://[fd00::5]',
    'http://epusdt:8080',
  ]) {
    assert.equal(trustedAddress(`${address}/`, 'gateway'), address);
  }
  for (const address of [
    'http://pay.example.com',
    'http://8.8.8.8',
    'http://172.32.0.1',
    'http://11.0.0.1',
    'http://[2001:db8::1]',
    'http://127.0.0.1.example.com',
    'https://user:word@pay.example.com',
    'https://pay.example.com?x=1',
    'pay.example.com',
  ]) {
    assert.throws(() => trustedAddress(address, 'gateway'), SettingError, address);
  }
});

test('strangers send an object or nothing', () => {
  assert.deepEqual(jsonObject('{"a":1}'), { a: 1 });
  for (const text of ['', '[]', 'null', '1', '{', '"a"']) assert.equal(jsonObject(text), undefined, text);
  assert.equal(jsonObject(Buffer.from([0x7b, 0xff, 0x7d])), undefined);
  assert.deepEqual([1, 'x', 1.5, true, null, {}].map(plainText), ['1', 'x', '', '', '', '']);
});
