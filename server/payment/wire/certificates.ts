/** X.509 as payment networks use it: a certificate is believed when it leads, step by step, to a root from the settings. */
import { X509Certificate } from 'node:crypto';
import { SettingError } from '../../platform/setting-fields.ts';

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** All certificates of a PEM text in their order. Ones that Node cannot read (SM2 roots, for one) are left out. */
export function certificatesIn(text: string): X509Certificate[] {
  return (text.match(pem) ?? []).flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

/** @param field the setting it came from, for the error */
export function certificatesOf(text: string, field: string): [X509Certificate, ...X509Certificate[]] {
  const [first, ...rest] = certificatesIn(text);
  if (!first) throw new SettingError(field, 'holds no certificate that can be read');
  return [first, ...rest];
}

/**
 * True when `leaf` is valid at this time and signed, over any of `between`, by one of `roots`. Every certificate that signs
 * another must be an authority.
 */
export function leadsTo(
  leaf: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  nowMs: number,
): boolean {
  let current = leaf;
  for (let steps = 0; steps <= between.length + 1; steps += 1) {
    if (!validAt(current, nowMs)) return false;
    const known = roots.find((root) => root.fingerprint256 === current.fingerprint256);
    if (known) return true;
    const issuer = [...roots, ...between].find((candidate) => issued(candidate, current));
    if (!issuer || issuer.fingerprint256 === current.fingerprint256) return false;
    current = issuer;
  }
  return false;
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  if (issuer.fingerprint256 === subject.fingerprint256 || !issuer.ca || subject.issuer !== issuer.subject) return false;
  try {
    return subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function validAt(certificate: X509Certificate, nowMs: number): boolean {
  return nowMs >= Date.parse(certificate.validFrom) && nowMs <= Date.parse(certificate.validTo);
}
