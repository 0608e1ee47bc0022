import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EndpointError, parseEndpoints } from './endpoints.ts';

test('one host, as it always was', () => {
  const { writers, readers } = parseEndpoints('mysql://shop:p%40ss@db.example:3307/cards');
  assert.deepEqual(writers, [
    { name: 'db.example:3307', host: 'db.example', port: 3307, user: 'shop', password: 'p@ss', database: 'cards' },
  ]);
  assert.deepEqual(readers, []);
});

test('several hosts share user, password and name, and keep their order', () => {
  const { writers } = parseEndpoints('mariadb://shop:a:b@Az1,az2:3307,[fd00::3]:3308/cards');
  assert.deepEqual(
    writers.map(({ name, host, user, password, database }) => [name, host, user, password, database]),
    [
      ['az1:3306', 'Az1', 'shop', 'a:b', 'cards'],
      ['az2:3307', 'az2', 'shop', 'a:b', 'cards'],
      ['[fd00::3]:3308', 'fd00::3', 'shop', 'a:b', 'cards'],
    ],
  );
});

test('nothing but the protocol is a server on this machine', () => {
  const { writers } = parseEndpoints('mysql://root@/x');
  assert.deepEqual(
    writers.map(({ name, user, password }) => [name, user, password]),
    [['127.0.0.1:3306', 'root', '']],
  );
  assert.equal(parseEndpoints('mysql://root@127.0.0.1:3306').writers[0]?.database, '');
});

test('a reader is a host like the writers, or an address of its own; one that may be written is listed once', () => {
  const { readers } = parseEndpoints('mysql://u:p@a,b/x', 'c, b:3306, mysql://ro:q@d:3310/y, c:3306');
  assert.deepEqual(
    readers.map(({ name, user, password, database }) => [name, user, password, database]),
    [
      ['c:3306', 'u', 'p', 'x'],
      ['d:3310', 'ro', 'q', 'y'],
    ],
  );
});

for (const [url, readers, says] of [
  ['mysql://a:3306:1/x', '', /not host or host:port/],
  ['mysql://a:70000/x', '', /not host or host:port/],
  ['mysql://u@a,a:3306/x', '', /lists a:3306 twice/],
  ['mysql://u:%zz@a/x', '', /percent-encoded/],
  ['mysql://u@a/x/y', '', /must look like/],
  ['postgres://u@a/x', '', /must look like/],
  ['mysql://u@a/x', 'b c', /DATABASE_READER_URLS: "b c"/],
  ['mysql://u@a/x', Array.from({ length: 17 }, (_, i) => `h${i}`).join(), /more than 16/],
] as const) {
  test(`${url} ${readers.slice(0, 10)} is refused in words that hold no password`, () => {
    assert.throws(
      () => parseEndpoints(url, readers),
      (error: Error) => error instanceof EndpointError && says.test(error.message) && !error.message.includes('%zz'),
    );
  });
}
