/** Who may open an order: its own token, or a further one made for a mail link or a look-up. Only hashes are kept. */

import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import { secretToken, sha256 } from '../platform/ids.ts';
import { opens } from './access-token.ts';

export async function mayOpen(db: Db, orderId: string, token: string, nowMs: number): Promise<boolean> {
  const order = await db.selectFrom('orders').select('token_hash').where('id', '=', orderId).executeTakeFirst();
  if (!order) return false;
  if (opens(token, order.token_hash)) return true;
  const further = await db
    .selectFrom('order_access')
    .select('token_hash')
    .where('token_hash', '=', sha256(token))
    .where('order_id', '=', orderId)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst();
  return further !== undefined;
}

/** @returns a new token for each order, in the order given */
export async function grantAccess(
  tx: Tx,
  orderIds: readonly string[],
  purpose: 'mail' | 'lookup' | 'account',
  nowMs: number,
  lifeMs: number,
): Promise<string[]> {
  const tokens = orderIds.map(() => secretToken());
  await insertRows(
    tx,
    'order_access',
    orderIds.map((orderId, i) => ({
      token_hash: sha256(tokens[i] as string),
      order_id: orderId,
      purpose,
      expires_at: nowMs + lifeMs,
      created_at: nowMs,
    })),
  );
  return tokens;
}

/** A key that its holder has already: only its hash is known here. */
export async function grantKnownAccess(
  tx: Tx,
  orderId: string,
  tokenHash: string,
  nowMs: number,
  lifeMs: number,
): Promise<void> {
  const row = {
    token_hash: tokenHash,
    order_id: orderId,
    purpose: 'ticket',
    expires_at: nowMs + lifeMs,
    created_at: nowMs,
  };
  await insertRows(tx, 'order_access', [row], { onConflict: 'ignore' });
}

export async function forgetExpiredAccess(tx: Tx, nowMs: number): Promise<number> {
  const result = await tx.deleteFrom('order_access').where('expires_at', '<', nowMs).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The newest orders of a contact that were placed with a look-up password, with its hash. */
export async function ordersWithLookup(
  db: Db,
  contactKey: string,
  limit: number,
): Promise<{ id: string; lookup_hash: string }[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'lookup_hash'])
    .where('contact_key', '=', contactKey)
    .where('lookup_hash', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows as { id: string; lookup_hash: string }[];
}
