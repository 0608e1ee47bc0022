import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalLogin, passwordFault } from './credentials.ts';

test('a password must be long, not trivial, and not the login', () => {
  const faults = [
    'short',
    'aaaaaaaaaaaa',
    'Password123',
    '1234567890',
    'alice12345',
    'correct horse',
    '密码要足够长才行呀呀',
  ];
  assert.deepEqual(
    faults.map((password) => passwordFault(password, 'alice@example.com')),
    ['too-short', 'too-simple', 'too-simple', 'too-simple', 'like-login', undefined, undefined],
  );
});

test('characters are counted as people count them', () => {
  assert.equal(passwordFault('🔑🗝️🔒🔓🚪', 'x'), 'too-short');
});

test('spellings of one login are one login', () => {
  assert.equal(normalLogin(' Alice@Example.COM '), normalLogin('alice@example.com'));
  assert.equal(normalLogin('ＡＬＩＣＥ'), 'alice');
});
