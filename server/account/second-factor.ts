/** Is this code one of the person's? Looked at first, spent in the transaction that it opens. */
import type { Tx } from '../platform/db/database.ts';
import { hashOfRecoveryCode } from './recovery-codes.ts';
import { type SecondFactor, spendRecoveryCode, spendStep } from './second-factor-store.ts';
import { stepOfCode } from './totp.ts';

/** What the secrets are sealed with. `owner` binds a sealed secret to its person. */
export interface SecretBox {
  seal(owner: string, plain: string): Buffer;
  unseal(owner: string, sealed: Uint8Array): string;
}

export type CodeProof = { kind: 'step'; step: number } | { kind: 'recovery'; codeHash: string };

export const boxOwner = (userId: number): string => `user:${userId}`;

export function openSecret(box: SecretBox, { userId, sealed }: SecondFactor): Buffer | undefined {
  return sealed ? Buffer.from(box.unseal(boxOwner(userId), sealed), 'base64') : undefined;
}

export function proofOf(box: SecretBox, factor: SecondFactor, typed: string, nowMs: number): CodeProof | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  if (/^\d{6}$/.test(digits)) {
    const secret = openSecret(box, factor);
    const step = secret && stepOfCode(secret, digits, nowMs);
    return step === undefined ? undefined : { kind: 'step', step };
  }
  const codeHash = hashOfRecoveryCode(typed);
  return factor.recoveryCodes.has(codeHash) ? { kind: 'recovery', codeHash } : undefined;
}

/** @returns false when somebody else has used it meanwhile */
export function spendProof(tx: Tx, userId: number, proof: CodeProof): Promise<boolean> {
  return proof.kind === 'step' ? spendStep(tx, userId, proof.step) : spendRecoveryCode(tx, userId, proof.codeHash);
}
