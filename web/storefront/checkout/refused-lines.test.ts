import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem } from '../../ui/request-json.ts';
import { refusedLines } from './refused-lines.ts';

const soldOut = (...paths: string[]) =>
  new ApiProblem('sold_out', 409, { errors: paths.map((path) => ({ path, message: 'sold out' })) });

test('the lines the shop names are marked, however it writes the path', () => {
  assert.deepEqual([...refusedLines(soldOut('/lines/1/quantity'), 3)], [1]);
  assert.deepEqual([...refusedLines(soldOut('lines[0]', 'lines.2'), 3)], [0, 2]);
});

test('a nameless refusal of a single line is about that line', () => {
  assert.deepEqual([...refusedLines(soldOut(), 1)], [0]);
  assert.deepEqual([...refusedLines(soldOut(), 2)], []);
  assert.deepEqual([...refusedLines(new ApiProblem('overloaded', 503), 1)], []);
});
