/** Who has which certificate: UnionPay, the shop and another merchant, all from one authority; and a stranger's copy of it all. */
import { X509Certificate } from 'node:crypto';
import { type CertificateName, type Identity, newIdentity } from '../certificate.ts';

export const merId = '777290058110048';

export interface Parties {
  merchant: Identity;
  otherMerchant: Identity;
  /** Signs now. */
  unionpay: Identity;
  /** Has a certificate that says the same as UnionPay's, from an authority that says the same as UnionPay's. */
  stranger: Identity;
  settings: Record<string, unknown>;
  renew(): Promise<void>;
}

const authority = (name: string): CertificateName => [
  ['C', 'CN'],
  ['O', 'China Financial Certification Authority (simulated)'],
  ['CN', name],
];
const holder = (name: string): CertificateName => [
  ['C', 'CN'],
  ['OU', 'Enterprises'],
  ['CN', name],
];
const unionpayName = holder('041@Z12@00040000:SIGN@00000062');

export async function newParties(baseUrl: string): Promise<Parties> {
  const [root, falseRoot] = await Promise.all([
    newIdentity({ name: authority('ROOT CA') }),
    newIdentity({ name: authority('ROOT CA') }),
  ]);
  const [middle, falseMiddle] = await Promise.all([
    newIdentity({ name: authority('OCA1'), issuer: root, authority: true }),
    newIdentity({ name: authority('OCA1'), issuer: falseRoot, authority: true }),
  ]);
  const [merchant, otherMerchant, unionpay, stranger] = await Promise.all([
    newIdentity({ name: holder(`041@Z12@${merId}:SIGN@00000063`), issuer: middle }),
    newIdentity({ name: holder('041@Z12@777290058110049:SIGN@00000064'), issuer: middle }),
    newIdentity({ name: unionpayName, issuer: middle }),
    newIdentity({ name: unionpayName, issuer: falseMiddle }),
  ]);
  const parties: Parties = {
    merchant,
    otherMerchant,
    unionpay,
    stranger,
    settings: {
      merId,
      privateKey: String(merchant.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      certificate: merchant.certificate,
      rootCertificate: root.certificate,
      middleCertificate: middle.certificate,
      certificateName: '00040000:SIGN',
      gatewayUrl: baseUrl,
      fileUrl: baseUrl,
    },
    renew: async () => {
      parties.unionpay = await newIdentity({ name: unionpayName, issuer: middle });
    },
  };
  return parties;
}

/** The decimal serial number by which UnionPay finds a merchant's certificate. */
export function certIdOf({ certificate }: Identity): string {
  return String(BigInt(`0x${new X509Certificate(certificate).serialNumber}`));
}
