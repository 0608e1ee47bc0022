/** Passwords are kept as argon2id hashes (OWASP: 19 MiB, 2 passes, 1 lane; about 25 ms of one core). */
import { type Algorithm, hash, verify } from '@node-rs/argon2';

const cost = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let decoy: Promise<string> | undefined;

/** Takes as long when there is no such account, so that its duration does not tell who has one. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  // Somebody who was invited has an empty one until they set it.
  const matches = await verify(passwordHash || (await decoy), password.normalize('NFKC'));
  return Boolean(passwordHash) && matches;
}
