/**
 * Which key Alipay's signature is checked with. In certificate mode the message names a certificate by its number; one that
 * is not known yet (Alipay changes it every few years) is fetched, and believed only when it was made for the same merchant
 * and leads to the configured roots.
 */
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { certificatesIn, leadsTo } from '../../wire/certificates.ts';
import { certificateSn } from './certificate-sn.ts';
import type { AlipayKeys } from './settings.ts';

/** A stranger can make us ask by inventing numbers: not more often than this, whatever they send. */
const askEveryMs = 3000;

export interface AlipayTrust {
  /** @returns undefined when there is no such key, or none that can be believed */
  keyFor(sn: string | null | undefined): Promise<KeyObject | undefined>;
}

/** @param download gives the PEM text of the certificate with this number, unproved */
export function alipayTrust(
  keys: AlipayKeys,
  clock: Clock,
  download: (sn: string) => Promise<string | undefined>,
): AlipayTrust {
  const known = keys.alipay;
  if (!(known instanceof Map)) return { keyFor: async () => known };
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const learn = async (sn: string) => {
    const [leaf, ...between] = certificatesIn((await download(sn)) ?? '');
    if (!leaf || certificateSn(leaf) !== sn || leaf.subject !== keys.subject) return;
    if (leadsTo(leaf, [...between, ...keys.between], keys.roots, clock.now())) known.set(sn, leaf.publicKey);
  };
  return {
    keyFor: async (sn) => {
      if (!sn || !/^[0-9a-f]{32}$/.test(sn)) return undefined;
      if (!known.has(sn)) {
        if (!asking && clock.monotonicMs() - askedAt >= askEveryMs) {
          askedAt = clock.monotonicMs();
          asking = learn(sn).finally(() => {
            asking = undefined;
          });
        }
        await asking;
      }
      return known.get(sn);
    },
  };
}
