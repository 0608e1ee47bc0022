/** ACP 5.1.0 from UnionPay's side. Written apart from the shop's own code, so that both can be wrong alone. */
import { createHash, createSign, createVerify, type KeyObject } from 'node:crypto';
import type { Identity } from '../certificate.ts';

export type Fields = Record<string, string>;

function hashed(fields: Fields): string {
  const names = Object.keys(fields).sort();
  const text = names.filter((name) => name !== 'signature' && fields[name]).map((name) => `${name}=${fields[name]}`);
  return createHash('sha256').update(text.join('&')).digest('hex');
}

export function sealed(fields: Fields, by: Identity): Fields {
  const all: Fields = { ...fields, version: '5.1.0', signMethod: '01', signPubKeyCert: by.certificate };
  return { ...all, signature: createSign('RSA-SHA256').update(hashed(all)).sign(by.privateKey, 'base64') };
}

/** As version 5.0.0 did it: SHA-1, and the certificate known by its number alone. */
export function sealedTheOldWay(fields: Fields, by: Identity): Fields {
  const all: Fields = { ...fields, version: '5.0.0', signMethod: '01', signPubKeyCert: by.certificate };
  const names = Object.keys(all).sort();
  const text = createHash('sha1')
    .update(names.map((name) => `${name}=${all[name]}`).join('&'))
    .digest('hex');
  return { ...all, signature: createSign('RSA-SHA1').update(text).sign(by.privateKey, 'base64') };
}

export function verifies(fields: Fields, key: KeyObject): boolean {
  return createVerify('RSA-SHA256')
    .update(hashed(fields))
    .verify(key, fields.signature ?? '', 'base64');
}

/** An answer: nothing is encoded. */
export function plain(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

export function form(fields: Fields): string {
  return new URLSearchParams(fields).toString();
}

/** 20260131235959, in Beijing. */
export function compact(at: number): string {
  return new Date(at + 28_800_000).toISOString().replace(/\D/g, '').slice(0, 14);
}
