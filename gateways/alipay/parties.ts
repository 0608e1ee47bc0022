/** Who has which key: Alipay, the shop that is its customer, and a stranger. Made new at each start. */
import type { KeyObject } from 'node:crypto';
import { certify, type Identity, newIdentity, newKeys } from '../certificate.ts';
import { certificateNumber } from './wire.ts';

export const appId = '2021000000000001';
export const sellerId = '2088000000000001';

export interface Signer {
  key: KeyObject;
  /** In certificate mode. */
  certificate?: string;
  number?: string;
}

export interface Parties {
  mode: 'key' | 'certificate';
  app: { privateKey: KeyObject; publicKey: KeyObject };
  stranger: KeyObject;
  signer: Signer;
  settings: Record<string, unknown>;
  /** A new certificate with a new key, of the same authorities. */
  renew(): Promise<Signer>;
}

const authority = (name: string) =>
  [
    ['C', 'CN'],
    ['O', 'Ant Financial'],
    ['OU', 'Certification Authority'],
    ['CN', name],
  ] as const;

export async function newParties(mode: Parties['mode'], gatewayUrl: string): Promise<Parties> {
  const [app, alipay, stranger, root] = await Promise.all([
    newKeys(),
    newKeys(),
    newKeys(),
    newIdentity({ name: authority('Simulated Certification Authority R1') }),
  ]);
  const common = {
    appId,
    sellerId,
    privateKey: app.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    mode,
    gatewayUrl,
  };
  if (mode === 'key') {
    const alipayPublicKey = alipay.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const signer = { key: alipay.privateKey };
    const renew = async () => signer;
    return { mode, app, stranger: stranger.privateKey, signer, settings: { ...common, alipayPublicKey }, renew };
  }
  const between = await newIdentity({ name: authority('Simulated Class 2 R1'), issuer: root, authority: true });
  const first = signerOf(alipay, between);
  const settings = {
    ...common,
    appCertificate: certify(app.publicKey, app.privateKey, {
      name: [
        ['C', 'CN'],
        ['O', 'Cardwell'],
        ['OU', 'Alipay'],
        ['CN', appId],
      ],
      issuer: between,
    }),
    alipayCertificate: first.certificate,
    alipayRootCertificate: root.certificate,
  };
  const renew = async () => signerOf(await newKeys(), between);
  return { mode, app, stranger: stranger.privateKey, signer: first, settings, renew };
}

/** The file that Alipay hands out holds the certificate and the authority between it and the root. */
function signerOf(pair: { privateKey: KeyObject; publicKey: KeyObject }, between: Identity): Required<Signer> {
  const leaf = certify(pair.publicKey, pair.privateKey, {
    name: [
      ['C', 'CN'],
      ['O', '支付宝（模拟）'],
      ['OU', 'Alipay'],
      ['CN', `支付宝（模拟）-${sellerId}`],
    ],
    issuer: between,
  });
  return { key: pair.privateKey, certificate: leaf + between.certificate, number: certificateNumber(leaf) };
}
