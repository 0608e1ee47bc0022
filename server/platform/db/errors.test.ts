import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  classifyDbError,
  DatabaseError,
  type DbErrorClass,
  isDuplicateKey,
  Overloaded,
  RowsChanged,
  type TransactionPhase,
} from './errors.ts';
import { HostLost } from './hosts/connect-host.ts';

const phases: readonly TransactionPhase[] = ['begin', 'work', 'commit', 'read'];
const driverError = (fields: object, message = 'x') => Object.assign(new Error(message), fields);

/** One row for each kind of trouble: begin, work, commit, read. */
const table: readonly [string, Error, readonly DbErrorClass[]][] = [
  ['deadlock', driverError({ errno: 1213 }), ['retry', 'retry', 'retry', 'retry']],
  ['lock wait', driverError({ errno: 1205 }), ['retry', 'retry', 'unknown', 'retry']],
  ['interrupted', driverError({ errno: 1317 }), ['retry', 'retry', 'unknown', 'retry']],
  ['statement time limit', driverError({ errno: 1969 }), ['retry', 'retry', 'unknown', 'retry']],
  ['rolled back by the group', driverError({ errno: 3101 }), ['retry', 'retry', 'retry', 'retry']],
  ['TiDB write conflict', driverError({ errno: 9007 }), ['retry', 'retry', 'retry', 'retry']],
  ['TiDB storage away', driverError({ errno: 9002 }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  ['too many connections', driverError({ errno: 1040 }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  ['no writer', driverError({ code: 'NO_WRITER' }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  ['waiting room full', new Overloaded('x', 'y'), ['unavailable', 'unavailable', 'unavailable', 'unavailable']],
  ['SQLite busy', driverError({ errcode: 5 }), ['retry', 'retry', 'retry', 'retry']],
  ['SQLite busy snapshot', driverError({ errcode: 517 }), ['retry', 'retry', 'retry', 'retry']],
  ['rows changed', new RowsChanged('x'), ['retry', 'retry', 'retry', 'retry']],
  ['node not ready', driverError({ errno: 1047 }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  ['read-only node', driverError({ errno: 1290 }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  ['refused', driverError({ code: 'ECONNREFUSED' }), ['unavailable', 'unavailable', 'unknown', 'unavailable']],
  [
    'connection lost',
    driverError({ code: 'PROTOCOL_CONNECTION_LOST' }),
    ['unavailable', 'unknown', 'unknown', 'unavailable'],
  ],
  ['reset', driverError({ code: 'ECONNRESET' }), ['unavailable', 'unknown', 'unknown', 'unavailable']],
  ['host declared dead', new HostLost('x'), ['unavailable', 'unknown', 'unknown', 'unavailable']],
  ['killed', driverError({ errno: 1927 }), ['unavailable', 'unknown', 'unknown', 'unavailable']],
  [
    'driver time-out',
    driverError({ code: 'PROTOCOL_SEQUENCE_TIMEOUT' }),
    ['unavailable', 'unknown', 'unknown', 'unavailable'],
  ],
  ['gone away', driverError({ errno: 2006 }), ['unavailable', 'unknown', 'unknown', 'unavailable']],
  ['closed', new Error('Connection lost: the thread has ended'), ['unavailable', 'unknown', 'unknown', 'unavailable']],
  ['duplicate key', driverError({ errno: 1062 }), ['fatal', 'fatal', 'unknown', 'fatal']],
  ['no such table', driverError({ errno: 1146 }), ['fatal', 'fatal', 'unknown', 'fatal']],
];

for (const [name, error, classes] of table) {
  test(`${name}: ${classes.join(', ')}`, () => {
    assert.deepEqual(
      phases.map((phase) => classifyDbError(error, phase)),
      classes,
    );
  });
}

test('whatever goes wrong at COMMIT is never called final: it may have been committed', () => {
  const errors = fc.record({ errno: fc.option(fc.nat(5000)), code: fc.string(), message: fc.string() });
  fc.assert(
    fc.property(errors, ({ errno, code, message }) => {
      const error = driverError({ ...(errno === null ? {} : { errno }), code }, message);
      assert.notEqual(classifyDbError(error, 'commit'), 'fatal');
    }),
  );
});

test('a verdict once given stands', () => {
  for (const verdict of ['retry', 'unknown', 'unavailable', 'fatal'] as const) {
    assert.equal(classifyDbError(new DatabaseError(verdict, 'test', new Error('x')), 'commit'), verdict);
  }
});

test('a unique key is recognised on both databases, in its wrapping too', () => {
  for (const cause of [driverError({ errno: 1062 }), driverError({ errcode: 2067 }), driverError({ errcode: 1555 })]) {
    assert.ok(isDuplicateKey(cause) && isDuplicateKey(new DatabaseError('fatal', 'test', cause)));
  }
  assert.equal(isDuplicateKey(driverError({ errno: 1213 })), false);
  assert.equal(isDuplicateKey(undefined), false);
});
