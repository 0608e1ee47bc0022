import { timingSafeEqual } from 'node:crypto';

/** Compares two strings without telling by its duration where they differ. Anything but a string is unequal. */
export function equalSecret(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
