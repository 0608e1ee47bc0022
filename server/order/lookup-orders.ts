/** Contact + look-up password -> that person's orders, each with a fresh key. Tells nothing apart when nothing matches. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { equalSecret } from '../platform/secrets.ts';
import { lookupHash } from './lookup-password.ts';
import { contactKey, type Order } from './order.ts';
import { grantAccess, ordersWithLookup } from './order-access-store.ts';
import { readOrders } from './order-store.ts';

const maxOrders = 50;
const accessLifeMs = 24 * 3_600_000;

export async function lookupOrders(
  deps: { database: Database; clock: Clock },
  input: { contact: string; lookupPassword: string },
): Promise<{ order: Order; token: string }[]> {
  const key = contactKey(input.contact);
  // Hashed even for a contact without orders: the time taken must not tell who has bought here.
  const hash = await lookupHash(key, input.lookupPassword);
  const candidates = await ordersWithLookup(deps.database.read, key, maxOrders);
  const ids = candidates.filter((row) => equalSecret(row.lookup_hash, hash)).map((row) => row.id);
  if (ids.length === 0) return [];
  return deps.database.transact('order.lookup', async (tx) => {
    const orders = await readOrders(tx, ids);
    const tokens = await grantAccess(tx, ids, 'lookup', deps.clock.now(), accessLifeMs);
    return ids.flatMap((id, i) => {
      const order = orders.get(id);
      return order ? [{ order, token: tokens[i] as string }] : [];
    });
  });
}
