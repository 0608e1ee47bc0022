/** Alipay's signatures, without any I/O: requests, answers and messages ("RSA2" only: SHA-256). */
import type { KeyObject } from 'node:crypto';
import { sortedPairs } from '../../sorted-pairs.ts';
import { signSha256, verifiesSha256 } from '../../wire/rsa.ts';

/** Every parameter that has a value is signed, `sign_type` too. */
export async function signed(parameters: Record<string, string>, key: KeyObject): Promise<Record<string, string>> {
  const sign = await signSha256(sortedPairs(parameters, ['sign']), key);
  return { ...parameters, sign };
}

export interface AlipayAnswer {
  /** The signed object, byte for byte. */
  raw: string;
  sign: unknown;
  certificateSn: string | null;
  body: Record<string, unknown>;
}

/**
 * `{"alipay_trade_query_response":{...},"alipay_cert_sn":"...","sign":"..."}`. The signature is over the text of the inner
 * object as it was sent; the text that was signed is also the one that is read. Undefined: not an answer to this method.
 */
export function readAnswer(text: string, method: string): AlipayAnswer | undefined {
  const names = [`${method.replaceAll('.', '_')}_response`, 'error_response'];
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(whole)) return undefined;
  const name = names.find((candidate) => isRecord((whole as Record<string, unknown>)[candidate]));
  const raw = name && firstMember(text, name);
  if (!raw) return undefined;
  const { sign, alipay_cert_sn: sn } = whole;
  return {
    raw,
    sign,
    certificateSn: typeof sn === 'string' ? sn : null,
    body: JSON.parse(raw) as Record<string, unknown>,
  };
}

/** The text of the object that is the first member of the outer one; undefined when it stands anywhere else. */
function firstMember(text: string, name: string): string | undefined {
  const head = /^\s*\{\s*"([a-z_]+)"\s*:\s*(?=\{)/.exec(text);
  if (head?.[1] !== name) return undefined;
  const start = head[0].length;
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  return undefined;
}

/** What a message signs: all it says but `sign` and `sign_type`. */
export function messageVerifies(fields: Record<string, string>, key: KeyObject): boolean {
  return verifiesSha256(sortedPairs(fields, ['sign', 'sign_type']), fields.sign, key);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
