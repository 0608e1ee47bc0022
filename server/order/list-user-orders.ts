/** The orders of an account, each with a fresh key to open it. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Order } from './order.ts';
import { grantAccess } from './order-access-store.ts';
import { readOrders } from './order-store.ts';
import { orderIdsOfUser } from './user-orders-store.ts';

const accessLifeMs = 24 * 3_600_000;

export async function listUserOrders(
  { database, clock }: { database: Database; clock: Clock },
  input: { userId: number; before?: string | undefined; limit: number },
): Promise<{ order: Order; token: string }[]> {
  const ids = await orderIdsOfUser(database.read, input);
  if (ids.length === 0) return [];
  return database.transact('order.of-user', async (tx) => {
    const orders = await readOrders(tx, ids);
    const tokens = await grantAccess(tx, ids, 'account', clock.now(), accessLifeMs);
    return ids.flatMap((id, i) => {
      const order = orders.get(id);
      return order ? [{ order, token: tokens[i] as string }] : [];
    });
  });
}
