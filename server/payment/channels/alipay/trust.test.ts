import assert from 'node:assert/strict';
import { before, test } from 'node:test';
// The simulator's certificates: node:crypto makes none.
import { type Identity, newIdentity } from '../../../../gateways/certificate.ts';
import { certificatesIn } from '../../wire/certificates.ts';
import { certificateSn } from './certificate-sn.ts';
import { type AlipayTrust, alipayTrust } from './trust.ts';

let root: Identity;
let known: Identity;
let asked = 0;
let now = Date.now();
let served: string | undefined;
let trust: AlipayTrust;
const merchant = [['CN', 'Alipay-2088000000000001']] as const;
const snOf = ({ certificate }: Identity) => certificateSn(certificatesIn(certificate)[0]!);

before(async () => {
  root = await newIdentity({ name: [['CN', 'Root']] });
  known = await newIdentity({ name: merchant, issuer: root });
  const [leaf] = certificatesIn(known.certificate);
  const keys = {
    own: known.privateKey,
    certificateParameters: {},
    alipay: new Map([[snOf(known), known.publicKey]]),
    subject: leaf!.subject,
    between: [],
    roots: certificatesIn(root.certificate),
  };
  trust = alipayTrust(keys, { now: () => now, monotonicMs: () => now }, async () => {
    asked += 1;
    return served;
  });
});

test('the certificate of the settings is known without asking', async () => {
  assert.ok(await trust.keyFor(snOf(known)));
  assert.equal(asked, 0);
});

test('numbers that cannot be numbers are not asked about', async () => {
  for (const sn of [undefined, null, '', 'x', '../../etc', 'A'.repeat(32)]) {
    assert.equal(await trust.keyFor(sn), undefined);
  }
  assert.equal(asked, 0);
});

test('a certificate that is served under a wrong number, for another merchant or by another root is not believed', async () => {
  const stranger = await newIdentity({ name: [['CN', 'Root']] });
  const another = await newIdentity({ name: [['CN', 'Alipay-2088000000000002']], issuer: root });
  const forged = await newIdentity({ name: merchant, issuer: stranger });
  for (const [text, sn] of [
    [known.certificate, 'ab'.repeat(16)],
    [another.certificate, snOf(another)],
    [forged.certificate, snOf(forged)],
    [forged.certificate + stranger.certificate, snOf(forged)],
    ['nothing', 'cd'.repeat(16)],
    [undefined, 'ef'.repeat(16)],
  ] as const) {
    now += 10_000;
    served = text;
    assert.equal(await trust.keyFor(sn), undefined);
  }
});

test('a new one of the same merchant and root is; strangers cannot make us ask without end', async () => {
  const next = await newIdentity({ name: merchant, issuer: root });
  now += 10_000;
  served = next.certificate;
  assert.ok(await trust.keyFor(snOf(next)));
  const before = asked;
  for (let round = 0; round < 50; round += 1) await trust.keyFor(round.toString(16).padStart(32, '0'));
  assert.equal(asked, before);
  now += 10_000;
  await Promise.all([trust.keyFor('ab'.repeat(16)), trust.keyFor('cd'.repeat(16))]);
  assert.equal(asked, before + 1, 'those who ask at once share one question');
});
