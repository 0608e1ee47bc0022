/** A fresh RSA pair in PEM, as a network or a merchant has one. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

export interface RsaPair {
  privateKey: string;
  publicKey: string;
}

const generate = promisify(generateKeyPair);

export function rsaPair(): Promise<RsaPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
