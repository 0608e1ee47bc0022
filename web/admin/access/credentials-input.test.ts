import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGood, loginFault, newPasswordFaults } from './credentials-input.ts';

test('a login is long enough and has no space', () => {
  assert.deepEqual(['ab', 'a b c', 'a'.repeat(121), '店主', '店主一', 'owner@shop'].map(loginFault), [
    'length',
    'characters',
    'length',
    'length',
    undefined,
    undefined,
  ]);
});

test('the second entry is wrong while typed only when it can no longer become the first', () => {
  const password = 'blue-lantern-42';
  const typed = ['', 'blue', 'bluf', password].map((repeated) => newPasswordFaults({ password, repeated }, 'owner'));
  assert.deepEqual(
    typed.map(({ strays }) => strays),
    [false, false, true, false],
  );
  assert.deepEqual(typed.map(isGood), [false, false, false, true]);
  assert.equal(isGood(newPasswordFaults({ password: 'short', repeated: 'short' }, 'owner')), false);
});
