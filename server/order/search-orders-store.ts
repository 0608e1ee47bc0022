/** Lists of orders for the administration, newest first, by keyset. */
import type { OrderStatus } from '../../contract/states.ts';
import type { Db } from '../platform/db/database.ts';
import { contactKey, type Order } from './order.ts';
import { readOrders } from './order-store.ts';

export interface OrderSearch {
  /** Only these, when given. */
  ids?: readonly string[];
  contactPrefix?: string;
  status?: OrderStatus;
  fromMs?: number;
  toMs?: number;
  /** Order numbers sort by time: everything older than this one. */
  before?: string;
  limit: number;
}

export async function searchOrders(db: Db, search: OrderSearch): Promise<Order[]> {
  let query = db.selectFrom('orders').select('id').orderBy('id', 'desc').limit(search.limit);
  if (search.ids) query = query.where('id', 'in', search.ids.length > 0 ? [...search.ids] : ['']);
  if (search.contactPrefix) {
    const prefix = contactKey(search.contactPrefix);
    // A range instead of LIKE: it uses the index, and %, _ and \ in a contact are only characters.
    query = query.where('contact_key', '>=', prefix).where('contact_key', '<', `${prefix}\u{10ffff}`);
  }
  if (search.status) query = query.where('status', '=', search.status);
  if (search.fromMs !== undefined) query = query.where('created_at', '>=', search.fromMs);
  if (search.toMs !== undefined) query = query.where('created_at', '<', search.toMs);
  if (search.before) query = query.where('id', '<', search.before);
  const ids = (await query.execute()).map((row) => row.id);
  const orders = await readOrders(db, ids);
  return ids.flatMap((id) => orders.get(id) ?? []);
}
