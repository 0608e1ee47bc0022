/** The `api_tokens` table. A token is shown once, when it is made; here is only its hash. */
import type { Selectable } from 'kysely';
import type { Scope, TokenView } from '../../contract/account.ts';
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { ApiTokensTable } from '../platform/db/tables.ts';

function tokenView(row: Selectable<ApiTokensTable>): TokenView {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as Scope[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}

export async function readTokens(db: Db | Tx): Promise<TokenView[]> {
  return (await db.selectFrom('api_tokens').selectAll().orderBy('id').execute()).map(tokenView);
}

export async function readToken(db: Db | Tx, id: number): Promise<TokenView | undefined> {
  const row = await db.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
  return row && tokenView(row);
}

export async function readTokenByHash(db: Db | Tx, tokenHash: string): Promise<TokenView | undefined> {
  const row = await db.selectFrom('api_tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  return row && tokenView(row);
}

export interface NewToken {
  name: string;
  tokenHash: string;
  scopes: readonly Scope[];
  createdBy: string;
  expiresAt: number | null;
}

/** @returns false when that very token is in already (a transaction run again) */
export async function insertToken(tx: Tx, token: NewToken, nowMs: number): Promise<boolean> {
  const { name, tokenHash, scopes, createdBy, expiresAt } = token;
  const row = {
    name,
    token_hash: tokenHash,
    scopes: JSON.stringify(scopes),
    created_by: createdBy.slice(0, 120),
    created_at: nowMs,
    expires_at: expiresAt,
  };
  return (await insertRows(tx, 'api_tokens', [row], { onConflict: 'ignore' })) === 1;
}

export async function revokeToken(tx: Tx, id: number, nowMs: number): Promise<boolean> {
  const result = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: nowMs })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns how many ended */
export async function revokeTokensOf(tx: Tx, createdBy: string, nowMs: number): Promise<number> {
  const result = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: nowMs })
    .where('created_by', '=', createdBy.slice(0, 120))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export async function noteTokenUsed(tx: Tx, id: number, nowMs: number): Promise<void> {
  await tx.updateTable('api_tokens').set({ last_used_at: nowMs }).where('id', '=', id).execute();
}
