import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { leadsTo } from '../server/payment/wire/certificates.ts';
import { newIdentity } from './certificate.ts';

test('a chain made here satisfies OpenSSL and our own check; a broken one neither', async () => {
  const root = await newIdentity({ name: [['C', 'CN'], ['CN', 'Root']] }); // biome-ignore format: short
  const between = await newIdentity({ name: [['O', '中间'], ['CN', 'Between']], issuer: root, authority: true }); // biome-ignore format: short
  const leaf = await newIdentity({ name: [['CN', '041@Z1@00040000:SIGN@1']], issuer: between }); // biome-ignore format: short
  const stranger = await newIdentity({ name: [['C', 'CN'], ['CN', 'Root']] }); // biome-ignore format: short
  // A certificate that may not sign others, and does.
  const abused = await newIdentity({ name: [['CN', '041@Z1@00040000:SIGN@1']], issuer: leaf }); // biome-ignore format: short
  const ended = await newIdentity({ name: [['CN', 'old']], issuer: between, validToMs: Date.now() - 1000 }); // biome-ignore format: short

  const [rootC, betweenC, leafC, strangerC, abusedC, endedC] = [root, between, leaf, stranger, abused, ended].map(
    ({ certificate }) => new X509Certificate(certificate),
  ) as [X509Certificate, ...X509Certificate[]] & Record<number, X509Certificate>;
  assert.equal(leafC!.subject, 'CN=041@Z1@00040000:SIGN@1');
  assert.equal(leafC!.checkPrivateKey(leaf.privateKey), true);
  assert.equal(betweenC!.subject, 'O=中间\nCN=Between');
  const now = Date.now();
  assert.equal(leadsTo(leafC!, [betweenC!], [rootC], now), true);
  assert.equal(leadsTo(leafC!, [], [rootC], now), false, 'the middle is missing');
  assert.equal(leadsTo(leafC!, [betweenC!], [strangerC!], now), false, 'a root of the same name');
  assert.equal(leadsTo(abusedC!, [leafC!, betweenC!], [rootC], now), false, 'signed by no authority');
  assert.equal(leadsTo(endedC!, [betweenC!], [rootC], now), false, 'out of date');
  assert.equal(leadsTo(leafC!, [betweenC!], [rootC], now + 20 * 365 * 86_400_000), false, 'out of date by then');

  const folder = mkdtempSync(join(tmpdir(), 'cardwell-x509-'));
  try {
    for (const [name, { certificate }] of Object.entries({ root, between, leaf, stranger })) {
      writeFileSync(join(folder, name), certificate);
    }
    const verify = (anchor: string) =>
      execFileSync('openssl', ['verify', '-CAfile', anchor, '-untrusted', 'between', 'leaf'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    assert.equal(verify('root'), 'leaf: OK\n');
    assert.throws(() => verify('stranger'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
