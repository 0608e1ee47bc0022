/**
 * UnionPay ACP 5.1.0 without any I/O. A signature is RSA over the hexadecimal text of a SHA-256 digest (so hashed twice) of
 * the sorted fields; the signing certificate travels with the message and is believed by its chain and its name.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { sortedPairs } from '../../sorted-pairs.ts';
import { certificatesIn, leadsTo } from '../../wire/certificates.ts';
import { signSha256, verifiesSha256 } from '../../wire/rsa.ts';

export type Fields = Record<string, string>;

/** The text that RSA signs. */
export function digest(fields: Fields): string {
  return createHash('sha256')
    .update(sortedPairs(fields, ['signature']), 'utf8')
    .digest('hex');
}

export async function signed(fields: Fields, key: KeyObject): Promise<Fields> {
  return { ...fields, signature: await signSha256(digest(fields), key) };
}

export interface Trust {
  merId: string;
  certificateName: string;
  roots: Parameters<typeof leadsTo>[2];
  between: Parameters<typeof leadsTo>[1];
  /** Certificates that were found good, by their text: looked at once, not with each message. */
  proved: Map<string, { key: KeyObject; until: number }>;
}

/** Undefined when UnionPay said this to us; else what is wrong. */
export function whatIsWrong(fields: Fields, trust: Trust, nowMs: number): string | undefined {
  if (fields.version !== '5.1.0') return 'the version is not 5.1.0';
  if (fields.signMethod !== '01') return 'the method of signing is not known';
  if (!fields.signature || !fields.signPubKeyCert) return 'it is not signed';
  const key = certifiedKey(fields.signPubKeyCert, trust, nowMs);
  if (!key) return "the certificate is not UnionPay's";
  if (!verifiesSha256(digest(fields), fields.signature, key)) return 'the signature does not match';
  if (fields.merId !== trust.merId) return 'for another merchant';
  return undefined;
}

const provedAtMost = 16;

function certifiedKey(text: string, trust: Trust, nowMs: number): KeyObject | undefined {
  const { proved, roots, between, certificateName } = trust;
  const known = proved.get(text);
  if (known && nowMs <= known.until) return known.key;
  const [leaf, ...others] = certificatesIn(text);
  if (!leaf || others.length > 0) return undefined;
  // Merchants' certificates come from the same authority: the name tells that this one is UnionPay's.
  if (ownerOf(leaf.subject) !== certificateName || !leadsTo(leaf, between, roots, nowMs)) return undefined;
  if (leaf.publicKey.asymmetricKeyType !== 'rsa') return undefined;
  if (proved.size >= provedAtMost) proved.clear();
  proved.set(text, { key: leaf.publicKey, until: Date.parse(leaf.validTo) });
  return leaf.publicKey;
}

/** `CN=041@Z12@00040000:SIGN@00000062`: the third part is who it is. */
function ownerOf(subject: string): string | undefined {
  return /(?:^|\n)CN=([^\n]*)/.exec(subject)?.[1]?.split('@')[2];
}

/**
 * The answer to a request: `a=1&b=2`, nothing encoded. A value in braces may hold `&` and `=` of its own. Undefined when a
 * name comes twice.
 */
export function readAnswer(text: string): Fields | undefined {
  const fields: Fields = Object.create(null);
  let rest = text.trim();
  while (rest !== '') {
    const match = /^([A-Za-z]\w*)=(\{[^{}]*\}(?=&|$)|[^&]*)(?:&|$)/.exec(rest);
    if (!match?.[1] || match[1] in fields) return undefined;
    fields[match[1]] = match[2] ?? '';
    rest = rest.slice(match[0].length);
  }
  return fields;
}

/** A whole number of fen. */
export function fenOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
