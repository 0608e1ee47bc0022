/** How Alipay signs and checks, seen from Alipay's side. Written apart from the shop's own code, so that both can be wrong alone. */
import { createHash, createSign, createVerify, type KeyObject, X509Certificate } from 'node:crypto';

/** `name=value` in order of names, joined by `&`; what is empty is not signed. */
export function signText(fields: Record<string, string>, leaveOut: string[]): string {
  const names = Object.keys(fields).sort();
  const pairs: string[] = [];
  for (const name of names) if (!leaveOut.includes(name) && fields[name]) pairs.push(`${name}=${fields[name]}`);
  return pairs.join('&');
}

export function rsa2(text: string, key: KeyObject): string {
  return createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');
}

/** The algorithm that Alipay gave up. */
export function rsa1(text: string, key: KeyObject): string {
  return createSign('RSA-SHA1').update(text, 'utf8').sign(key, 'base64');
}

export function rsa2Verifies(text: string, signature: string, key: KeyObject): boolean {
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64');
}

export function certificateNumber(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(name + BigInt(`0x${serialNumber}`).toString())
    .digest('hex');
}

/** 2026-01-31 23:59:59, in Beijing. */
export function beijing(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
}

export function yuan(minor: number): string {
  return (minor / 100).toFixed(2);
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
