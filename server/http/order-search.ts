/** What an owner asks of a list of orders -> a search. The list and the export mean the same by the same filters. */
import type { Static } from 'typebox';
import type { OrderFilter } from '../../contract/admin-orders.ts';
import type { Context } from '../context.ts';
import type { OrderSearch } from '../order/search-orders-store.ts';
import { orderIdsOfPayment } from '../payment/payment-store.ts';

export async function orderSearch(
  { database }: Pick<Context, 'database'>,
  { q, status, from, to }: Static<typeof OrderFilter>,
): Promise<Omit<OrderSearch, 'before' | 'limit'>> {
  const common = { status, fromMs: from, toMs: to };
  const text = q?.trim();
  if (!text) return common;
  if (/^[0-9A-Z]{28}$/.test(text)) return { ...common, ids: [text] };
  // Numbers are ASCII; MariaDB does not even compare anything else with them.
  const ids = /^[\x21-\x7e]+$/.test(text) ? await orderIdsOfPayment(database.lagging, text) : [];
  return ids.length > 0 ? { ...common, ids } : { ...common, contactPrefix: text };
}
