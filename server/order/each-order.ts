import type { Db } from '../platform/db/database.ts';
import type { Order } from './order.ts';
import { type OrderSearch, searchOrders } from './search-orders-store.ts';

/** All orders that fit, newest first, a page at a time: however many there are, one page is in memory. */
export async function* eachOrder(
  db: Db,
  search: Omit<OrderSearch, 'before' | 'limit'>,
  pageSize = 500,
): AsyncGenerator<Order[]> {
  for (let before: string | undefined; ; ) {
    const page = await searchOrders(db, { ...search, ...(before && { before }), limit: pageSize });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    before = last.id;
  }
}
