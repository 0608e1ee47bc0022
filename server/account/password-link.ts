/** One-time links by which people at the desk set a password: for who was invited, and for who forgot theirs. */
import { secretToken, sha256 } from '../platform/ids.ts';
import type { PasswordLink } from './password-link-store.ts';

const lastsMs = 72 * 3_600_000;

/** Made before the transaction that stores its hash. */
export function newPasswordLink(nowMs: number): { token: string; forUser(userId: number): PasswordLink } {
  const token = secretToken();
  const stored = { tokenHash: sha256(token), expiresAt: nowMs + lastsMs };
  return { token, forUser: (userId) => ({ ...stored, userId }) };
}

/** Behind the #, so that the token stands in no log of a proxy. */
export function passwordLinkAddress(baseUrl: string, token: string): string {
  return `${baseUrl}/admin/welcome#${token}`;
}
