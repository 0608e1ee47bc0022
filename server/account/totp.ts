/** Codes of an authenticator app: RFC 6238 with its usual settings, SHA-1, six digits, half a minute. */
import { createHmac, randomBytes } from 'node:crypto';
import { equalSecret } from '../platform/secrets.ts';

const stepMs = 30_000;
/** A phone's clock may be half a minute off, either way. */
const tolerance = [0, -1, 1];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits, as the RFC advises for SHA-1. */
export const newTotpSecret = (): Buffer => randomBytes(20);

/** @param step counted since 1970 */
export function totpCode(secret: Uint8Array, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(at) & 0x7f_ff_ff_ff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export const totpStep = (nowMs: number): number => Math.floor(nowMs / stepMs);

/** The step whose code this is, if it is one of now. Each step may be used once: the caller keeps the last. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const now = totpStep(nowMs);
  return tolerance.map((off) => now + off).find((step) => step >= 0 && equalSecret(totpCode(secret, step), code));
}

/** RFC 4648, without padding: how apps take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let [bits, waiting] = [0, 0];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    waiting += 8;
    for (; waiting >= 5; waiting -= 5) text += alphabet[(bits >>> (waiting - 5)) & 31];
    bits &= 31;
  }
  return waiting > 0 ? text + alphabet[(bits << (5 - waiting)) & 31] : text;
}

/** What the QR code holds. */
export function otpauthUri({ issuer, login, secret }: { issuer: string; login: string; secret: Uint8Array }): string {
  // A colon in a name would end it.
  const name = (text: string) => encodeURIComponent(text.replaceAll(':', ' '));
  return `otpauth://totp/${name(issuer)}:${name(login)}?secret=${base32(secret)}&issuer=${name(issuer)}`;
}
