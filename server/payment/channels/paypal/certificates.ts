/**
 * The certificates that PayPal signs its events with. A message names the address of one: it is fetched only from PayPal's
 * own hosts, and kept.
 */
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { type ChannelHttp, ChannelHttpError } from '../../channel-http.ts';
import { certificatesIn } from '../../wire/certificates.ts';

export interface Certificates {
  /** The key behind an address, or why there is none. */
  keyAt(address: string): Promise<KeyObject | string>;
}

interface Known {
  key: KeyObject;
  validFrom: number;
  validTo: number;
}

/** As PayPal's own libraries ask of it. */
const ownName = /^CN=messageverificationcerts(\.[a-z]+)*\.paypal\.com$/m;
const pathOfOne = /^\/v1\/notifications\/certs\/[0-9A-Za-z_-]{1,100}$/;
const maxBytes = 64 * 1024;
/** PayPal uses one at a time and changes it now and then. */
const mostKept = 20;
/** An address that gave nothing is not asked again for so long, whoever keeps naming it. */
const failedForMs = 30_000;

export function paypalCertificates(origins: readonly string[], http: ChannelHttp, clock: Clock): Certificates {
  const kept = new Map<string, Promise<Known | string>>();
  return {
    async keyAt(address) {
      const url = allowed(address, origins);
      if (!url) return 'a certificate from a host that is not PayPal';
      let known = kept.get(url);
      if (!known) {
        known = fetchOne(url, http);
        if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
        kept.set(url, known);
      }
      const found = await known;
      if (typeof found === 'string') {
        forgetLater(kept, url, known);
        return found;
      }
      const now = clock.now();
      if (now < found.validFrom || now > found.validTo) return 'a certificate that is not valid now';
      return found.key;
    },
  };
}

function forgetLater(kept: Map<string, Promise<Known | string>>, url: string, failed: Promise<Known | string>): void {
  setTimeout(() => {
    if (kept.get(url) === failed) kept.delete(url);
  }, failedForMs).unref();
}

function allowed(address: string, origins: readonly string[]): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, search, hash, username, href } = new URL(address);
  const plain = search === '' && hash === '' && username === '';
  return plain && origins.includes(origin) && pathOfOne.test(pathname) ? href : undefined;
}

async function fetchOne(url: string, http: ChannelHttp): Promise<Known | string> {
  try {
    const { status, body } = await http.request({ method: 'GET', url, maxBytes });
    if (status !== 200) return `the certificate cannot be had (HTTP status ${status})`;
    const [first] = certificatesIn(body.toString('latin1'));
    if (!first) return 'the certificate cannot be read';
    if (!ownName.test(first.subject)) return 'a certificate that is not for messages of PayPal';
    if (first.publicKey.asymmetricKeyType !== 'rsa') return 'a certificate without an RSA key';
    const [validFrom, validTo] = [Date.parse(first.validFrom), Date.parse(first.validTo)];
    return { key: first.publicKey, validFrom, validTo };
  } catch (error) {
    if (error instanceof ChannelHttpError) return error.message;
    throw error;
  }
}
