/** The second factor of people at the desk: the sealed secret in `users`, and the `recovery_codes`, of which only hashes are kept. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export interface SecondFactor {
  userId: number;
  sealed: Uint8Array | null;
  /** Null: begun but not confirmed, or never begun. */
  onAt: number | null;
  recoveryCodes: ReadonlySet<string>;
}

export async function readSecondFactor(db: Db | Tx, userId: number): Promise<SecondFactor> {
  const user = await db
    .selectFrom('users')
    .select(['totp_secret', 'totp_on_at'])
    .where('id', '=', userId)
    .executeTakeFirst();
  const codes = await db.selectFrom('recovery_codes').select('code_hash').where('user_id', '=', userId).execute();
  return {
    userId,
    sealed: user?.totp_secret ?? null,
    onAt: user?.totp_on_at ?? null,
    recoveryCodes: new Set(codes.map((row) => row.code_hash)),
  };
}

/** @returns false when it is on: a new secret would take its place unproved */
export async function beginSecondFactor(tx: Tx, userId: number, sealed: Uint8Array): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ totp_secret: sealed, totp_last_step: null })
    .where('id', '=', userId)
    .where('totp_on_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns false when it is on already */
export async function turnOnSecondFactor(tx: Tx, userId: number, nowMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ totp_on_at: nowMs })
    .where('id', '=', userId)
    .where('totp_on_at', 'is', null)
    .where('totp_secret', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns whether there was one */
export async function removeSecondFactor(tx: Tx, userId: number): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ totp_secret: null, totp_on_at: null, totp_last_step: null })
    .where('id', '=', userId)
    .where('totp_secret', 'is not', null)
    .executeTakeFirst();
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  return result.numUpdatedRows === 1n;
}

/** @returns false when that step, or a later one, was used: a code that somebody looked at must not open the door again */
export async function spendStep(tx: Tx, userId: number, step: number): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ totp_last_step: step })
    .where('id', '=', userId)
    .where('totp_secret', 'is not', null)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns false when it was used */
export async function spendRecoveryCode(tx: Tx, userId: number, codeHash: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function replaceRecoveryCodes(
  tx: Tx,
  userId: number,
  hashes: readonly string[],
  nowMs: number,
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  const rows = hashes.map((code_hash) => ({ user_id: userId, code_hash, created_at: nowMs }));
  await insertRows(tx, 'recovery_codes', rows);
}

export async function sealedFactors(db: Db | Tx): Promise<{ userId: number; sealed: Uint8Array }[]> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'totp_secret'])
    .where('totp_secret', 'is not', null)
    .execute();
  return rows.flatMap(({ id, totp_secret: sealed }) => (sealed ? [{ userId: id, sealed }] : []));
}

/** The same secret under another key. @returns false when it is another one by now */
export async function resealFactor(
  tx: Tx,
  { userId, sealed }: { userId: number; sealed: Uint8Array },
  next: Uint8Array,
): Promise<boolean> {
  const result = await tx
    .updateTable('users')
    .set({ totp_secret: next })
    .where('id', '=', userId)
    .where('totp_secret', '=', sealed)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
