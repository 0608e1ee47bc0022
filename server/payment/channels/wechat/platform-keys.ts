/**
 * Which key WeChat's signature is checked with: the public key that the owner entered, or the platform certificates, which
 * are fetched from WeChat (sealed with the APIv3 key, and so proved) and change every five years. A serial number that is
 * not known is a reason to fetch them again.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { SettingError } from '../../../platform/setting-fields.ts';
import { publicKeyOf } from '../../wire/rsa.ts';
import type { WechatSettings } from './settings.ts';

/** A stranger can make us ask by inventing serial numbers: not more often than this, whatever they send. */
const askEveryMs = 3000;

export interface PlatformKeys {
  keyFor(serial: string): Promise<KeyObject | undefined>;
  /** Said in requests, so that the answer is signed with the public key; null in certificate mode. */
  readonly askFor: string | null;
}

/** Opened and proved certificates, by serial number; undefined when they could not be had. */
export type FetchCertificates = () => Promise<ReadonlyMap<string, X509Certificate> | undefined>;

export function platformKeys(settings: WechatSettings, clock: Clock, fetch: FetchCertificates): PlatformKeys {
  const certificates = new Map<string, X509Certificate>();
  const fixed = fixedKey(settings);
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function learn(): Promise<void> {
    for (const [serial, certificate] of (await fetch()) ?? []) certificates.set(serial, certificate);
  }
  async function fromCertificates(serial: string): Promise<KeyObject | undefined> {
    if (!certificates.has(serial)) {
      if (!asking && clock.monotonicMs() - askedAt >= askEveryMs) {
        askedAt = clock.monotonicMs();
        asking = learn().finally(() => {
          asking = undefined;
        });
      }
      await asking;
    }
    const certificate = certificates.get(serial);
    return certificate && isValid(certificate, clock.now()) ? certificate.publicKey : undefined;
  }
  return {
    askFor: fixed?.id ?? null,
    keyFor: async (serial) => {
      if (fixed && serial === fixed.id) return fixed.key;
      if (settings.mode === 'public-key' || !/^[0-9A-F]{8,64}$/i.test(serial)) return undefined;
      return fromCertificates(serial.toUpperCase());
    },
  };
}

function fixedKey({ mode, publicKeyId, publicKey }: WechatSettings): { id: string; key: KeyObject } | undefined {
  if (mode === 'certificate') return undefined;
  if (!publicKeyId) throw new SettingError('publicKeyId', `is needed in ${mode} mode`);
  if (!publicKey) throw new SettingError('publicKey', `is needed in ${mode} mode`);
  return { id: publicKeyId, key: publicKeyOf(publicKey, 'publicKey') };
}

function isValid({ validFrom, validTo }: X509Certificate, nowMs: number): boolean {
  return nowMs >= Date.parse(validFrom) && nowMs <= Date.parse(validTo);
}

/** @param entries the `data` of `GET /v3/certificates` @param open unseals one */
export function readCertificates(
  entries: unknown,
  open: (resource: unknown) => string | undefined,
): Map<string, X509Certificate> {
  const found = new Map<string, X509Certificate>();
  for (const entry of Array.isArray(entries) ? (entries as Record<string, unknown>[]) : []) {
    const text = open(entry.encrypt_certificate);
    if (text === undefined) continue;
    const certificate = new X509Certificate(text);
    found.set(certificate.serialNumber.toUpperCase(), certificate);
  }
  return found;
}
