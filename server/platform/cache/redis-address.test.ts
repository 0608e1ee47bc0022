import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRedisAddress } from './redis-address.ts';

test('one address is one server, with its user, password and database', () => {
  assert.deepEqual(readRedisAddress('rediss://shop:p%40ss@cache.example/2'), {
    nodes: [{ host: 'cache.example', port: 6379 }],
    cluster: false,
    tls: true,
    username: 'shop',
    password: 'p@ss',
    db: 2,
  });
});

test('several are nodes of a cluster', () => {
  const { nodes, cluster } = readRedisAddress('redis://r1:7000, redis://r2:7001,redis://[::1]:7002');
  assert.equal(cluster, true);
  assert.deepEqual(nodes, [
    { host: 'r1', port: 7000 },
    { host: 'r2', port: 7001 },
    { host: '::1', port: 7002 },
  ]);
});

for (const [text, why] of [
  [',', /names no address/],
  ['cache.example:6379', /must look like/],
  ['http://cache.example', /must look like/],
  ['redis://cache.example/pages', /number of a database/],
  ['redis://a,rediss://b', /begin alike/],
  ['redis://x:1@a,redis://x:2@b', /same user and password/],
  ['redis://a/1,redis://b/1', /no numbered databases/],
] as const) {
  test(`refused: ${text}`, () => assert.throws(() => readRedisAddress(text), why));
}

test('a refusal does not name the password', () => {
  assert.throws(
    () => readRedisAddress('http://user:secret@host'),
    (error: Error) => !error.message.includes('secret'),
  );
});
