/**
 * Makes X.509 certificates for simulated networks: RSA with SHA-256, version 3, enough for a chain of authorities. Written
 * out in DER because node:crypto reads certificates and cannot make them. OpenSSL checks the result in the test beside it.
 */
import { createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

export interface Identity {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** PEM */
  certificate: string;
  name: CertificateName;
}

/** In the order in which they stand in the certificate. */
export type CertificateName = readonly (readonly [keyof typeof nameTypes, string])[];

const nameTypes = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' };
const sha256WithRsa = '1.2.840.113549.1.1.11';
const dayMs = 86_400_000;

const newPair = promisify(generateKeyPair);

export function newKeys(): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  return newPair('rsa', { modulusLength: 2048 });
}

export interface CertificateOptions {
  name: CertificateName;
  /** Without one it is a root and signs itself. */
  issuer?: Identity;
  /** May sign others. A root always may. */
  authority?: boolean;
  validFromMs?: number;
  validToMs?: number;
}

export async function newIdentity(options: CertificateOptions): Promise<Identity> {
  const { privateKey, publicKey } = await newKeys();
  return { privateKey, publicKey, name: options.name, certificate: certify(publicKey, privateKey, options) };
}

/** A certificate in PEM. @param ownKey signs when there is no issuer */
export function certify(publicKey: KeyObject, ownKey: KeyObject, options: CertificateOptions): string {
  const { name, issuer, authority = issuer === undefined } = options;
  const { validFromMs = Date.now() - dayMs, validToMs = Date.now() + 3650 * dayMs } = options;
  const algorithm = sequence(objectId(sha256WithRsa), tagged(0x05));
  const serial = randomBytes(9);
  serial[0] = 0x4d;
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    nameOf(issuer?.name ?? name),
    sequence(time(validFromMs), time(validToMs)),
    nameOf(name),
    createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(authority))),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? ownKey);
  return pem(sequence(body, algorithm, tagged(0x03, Buffer.from([0]), signature)));
}

function extensions(authority: boolean): Buffer[] {
  const yes = tagged(0x01, Buffer.from([0xff]));
  const basicConstraints = sequence(...(authority ? [yes] : []));
  // An authority signs certificates and lists; the others sign messages.
  const keyUsage = tagged(0x03, authority ? Buffer.from([1, 0x06]) : Buffer.from([6, 0xc0]));
  return [
    sequence(objectId('2.5.29.19'), yes, tagged(0x04, basicConstraints)),
    sequence(objectId('2.5.29.15'), yes, tagged(0x04, keyUsage)),
  ];
}

function nameOf(name: CertificateName): Buffer {
  const parts = name.map(([type, value]) =>
    tagged(0x31, sequence(objectId(nameTypes[type]), tagged(type === 'C' ? 0x13 : 0x0c, Buffer.from(value)))),
  );
  return sequence(...parts);
}

function time(epochMs: number): Buffer {
  const text = new Date(epochMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(text.slice(0, 4)) < 2050
    ? tagged(0x17, Buffer.from(`${text.slice(2)}Z`))
    : tagged(0x18, Buffer.from(`${text}Z`));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
