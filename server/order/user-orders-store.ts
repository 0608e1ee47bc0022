import type { Db } from '../platform/db/database.ts';

/** The newest orders placed from an account. Ids sort by time, so `before` is the last id of the page before. */
export async function orderIdsOfUser(
  db: Db,
  { userId, before, limit }: { userId: number; before?: string | undefined; limit: number },
): Promise<string[]> {
  let query = db.selectFrom('orders').select('id').where('user_id', '=', userId);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map((row) => row.id);
}
