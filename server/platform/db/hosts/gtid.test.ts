import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furthest, parsePosition, positionText, reaches } from './gtid.ts';

test('a position is a number for each domain, whichever server wrote it', () => {
  assert.deepEqual(
    [...parsePosition('0-1-57,2-11-9')],
    [
      [0, 57],
      [2, 9],
    ],
  );
  assert.deepEqual([...parsePosition('')], []);
  assert.throws(() => parsePosition('3E11FA47-71CA-11E1-9E33-C80AA9429562:1-5'), /not a position/);
});

test('who has come further must have come further everywhere', () => {
  const [a, b] = [parsePosition('0-1-57,1-1-3'), parsePosition('0-2-58')];
  assert.deepEqual([reaches(a, b), reaches(b, a)], [false, false]);
  assert.ok(reaches(furthest(a, b), a) && reaches(furthest(a, b), b));
  assert.ok(reaches(a, parsePosition('')) && !reaches(parsePosition(''), a));
  assert.equal(positionText(a), '0:57 1:3');
});
