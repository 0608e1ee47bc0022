import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { everythingAllowed, isPublic, mayConnect, readOutsideRule, refusalOfAddress } from './outside-address.ts';
import { createOutsideHttp, type OutsideHttpError } from './outside-http.ts';

const strict = readOutsideRule('');

test('only https to public addresses may be called', () => {
  for (const address of ['https://example.com/a?b=c', 'https://93.184.216.34/', 'https://[2606:4700::1111]:8443/x'])
    assert.equal(refusalOfAddress(address, strict), undefined, address);
  for (const address of [
    'http://example.com/',
    'ftp://example.com/',
    'javascript:alert(1)',
    'no address',
    'https://user:password@example.com/',
    'https://localhost/',
    'https://redis:6379/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0/',
    'https://10.1.2.3/',
    'https://100.100.100.200/latest/meta-data',
    'https://169.254.169.254/latest/meta-data',
    'https://172.31.0.1/',
    'https://192.168.1.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
    'https://[2001:0:1::]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[ff02::1]/',
  ])
    assert.notEqual(refusalOfAddress(address, strict), undefined, address);
});

test('what the owner has listed may be called, by http too', () => {
  const rule = readOutsideRule('hooks.lan, 10.1.0.0/16,192.168.7.9, fd12::/32');
  for (const address of ['http://hooks.lan:8080/x', 'http://10.1.2.3/', 'https://192.168.7.9/', 'http://[fd12::9]/'])
    assert.equal(refusalOfAddress(address, rule), undefined, address);
  for (const address of ['http://10.2.0.1/', 'http://192.168.7.10/', 'http://other.lan/', 'http://[fd13::9]/'])
    assert.notEqual(refusalOfAddress(address, rule), undefined, address);
  assert.ok(mayConnect('hooks.lan', '192.168.0.4', rule));
  assert.ok(!mayConnect('elsewhere.example', '192.168.0.4', rule));
  assert.ok(mayConnect('elsewhere.example', '10.1.9.9', rule));
  for (const wrong of ['10.1.0.0/33', '10.1.0.0/', '10.1.0.0/x', 'a b', 'host/8', 'http://x'])
    assert.throws(() => readOutsideRule(wrong), /is no/, wrong);
});

test('an address with a zone is judged without it', () => {
  assert.ok(!isPublic('fe80::1%eth0'));
  assert.ok(isPublic('2606:4700::1111'));
  assert.ok(!isPublic('nonsense'));
});

test('a name that leads inside is refused in the moment of the call, a listed one is called, a redirect is not followed', async (t) => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    if (request.url === '/away') response.writeHead(302, { location: '/' }).end();
    else if (request.url === '/long') response.end('x'.repeat(2000));
    else if (request.url !== '/silent') response.end(`${request.method} ${request.headers['content-length'] ?? ''}`);
  }).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://localhost:${(server.address() as AddressInfo).port}`;
  const reasonOf = (rule: typeof strict, path: string, more = {}) =>
    createOutsideHttp(rule)
      .request({ method: 'POST', url: base + path, body: '{}', ...more })
      .then(
        () => 'answered',
        (error: unknown) => (error as OutsideHttpError).reason,
      );

  // A name that anybody could own; only what it resolves to gives it away. One address inside among others is enough.
  const port = new URL(base).port;
  for (const ips of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::1'], ['::ffff:127.0.0.1']]) {
    const addresses = ips.map((ip) => ({ address: ip, family: ip.includes(':') ? 6 : 4 }));
    const http = createOutsideHttp(strict, (_name, _options, done) => done(null, addresses));
    const inside = http.request({ method: 'GET', url: `https://hooks.example.com:${port}/` });
    await assert.rejects(inside, /hooks\.example\.com may not be called: it leads to an address that is not public/);
  }
  const ours = createOutsideHttp(readOutsideRule('hooks.example.com'), (_name, _options, done) =>
    done(null, [{ address: '127.0.0.1', family: 4 }]),
  );
  assert.equal((await ours.request({ method: 'GET', url: `http://hooks.example.com:${port}/` })).status, 200);
  assert.equal(asked, 1);
  assert.equal(await reasonOf(strict, '/'), 'refused');
  assert.equal(asked, 1);

  const listed = readOutsideRule('localhost');
  const reply = await createOutsideHttp(listed).request({ method: 'POST', url: base, body: '{}' });
  assert.equal(reply.body.toString(), 'POST 2');
  assert.equal(await reasonOf(everythingAllowed, '/away'), 'redirect');
  assert.equal(await reasonOf(everythingAllowed, '/long', { maxBytes: 1000 }), 'too-large');
  assert.equal(await reasonOf(everythingAllowed, '/silent', { timeoutMs: 50 }), 'timeout');
});
