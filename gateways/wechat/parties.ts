/** Who has which key: WeChat Pay (a public key with an id, and a platform certificate), the merchant, and a stranger. */
import { type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { type Identity, newIdentity, newKeys } from '../certificate.ts';

export const mchid = '1900000001';
export const appid = 'wx0000000000000001';

export interface Signer {
  /** What `Wechatpay-Serial` says. */
  serial: string;
  key: KeyObject;
}

export interface Parties {
  mode: 'public-key' | 'certificate' | 'both';
  merchant: { privateKey: KeyObject; publicKey: KeyObject };
  merchantSerial: string;
  apiV3Key: string;
  stranger: KeyObject;
  publicKey: Signer;
  certificate: Signer;
  /** Every platform certificate that is still given out, newest last. */
  certificates: string[];
  settings: Record<string, unknown>;
  renew(): Promise<void>;
}

export async function newParties(mode: Parties['mode'], baseUrl: string): Promise<Parties> {
  const [merchant, platform, stranger, root] = await Promise.all([
    newKeys(),
    newKeys(),
    newKeys(),
    newIdentity({
      name: [
        ['C', 'CN'],
        ['O', 'Tenpay.com'],
        ['CN', 'Tenpay.com Root CA (simulated)'],
      ],
    }),
  ]);
  const first = await platformCertificate(root);
  const publicKeyId = `PUB_KEY_ID_01${mchid}2026010100000000000001`;
  const apiV3Key = randomBytes(16).toString('hex');
  const merchantSerial = randomBytes(20).toString('hex').toUpperCase();
  const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => String(key.export({ type, format: 'pem' }));
  const parties: Parties = {
    mode,
    merchant,
    merchantSerial,
    apiV3Key,
    stranger: stranger.privateKey,
    publicKey: { serial: publicKeyId, key: platform.privateKey },
    certificate: first.signer,
    certificates: [first.pem],
    settings: {
      mchid,
      appid,
      merchantSerial,
      privateKey: pem(merchant.privateKey, 'pkcs8'),
      apiV3Key,
      mode,
      ...(mode === 'certificate' ? {} : { publicKeyId, publicKey: pem(platform.publicKey, 'spki') }),
      h5: true,
      jsapi: true,
      baseUrl,
      backupUrl: baseUrl,
    },
    renew: async () => {
      const next = await platformCertificate(root);
      parties.certificate = next.signer;
      parties.certificates.push(next.pem);
    },
  };
  return parties;
}

async function platformCertificate(root: Identity): Promise<{ pem: string; signer: Signer }> {
  const { privateKey, certificate } = await newIdentity({
    name: [
      ['C', 'CN'],
      ['O', 'Tenpay.com'],
      ['CN', 'Tenpay.com sign (simulated)'],
    ],
    issuer: root,
  });
  return { pem: certificate, signer: { serial: new X509Certificate(certificate).serialNumber, key: privateKey } };
}
