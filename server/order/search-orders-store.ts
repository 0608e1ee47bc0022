/** Lists of orders for the administration, newest first, by keyset. */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { OrderStatus } from '../../contract/states.ts';
import { isMysql } from '../platform/db/bulk.ts';
import type { Db } from '../platform/db/database.ts';
import type { Tables } from '../platform/db/tables.ts';
import { contactKey, type Order } from './order.ts';
import { orderIdRange } from './order-id-range.ts';
import { regionsOfOrders } from './order-regions-store.ts';
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

type OrderIds = SelectQueryBuilder<Tables, 'orders', { id: string }>;

/** A beginning that fits more contacts than this is common enough to be met while going back in time. */
const fewContacts = 5000;
const endOfTime = 8_640_000_000_000_000;

export async function searchOrders(db: Db, search: OrderSearch): Promise<Order[]> {
  let query = db.selectFrom('orders').select('id').orderBy('id', 'desc').limit(search.limit);
  if (search.ids) query = query.where('id', 'in', search.ids.length > 0 ? [...search.ids] : ['']);
  if (search.contactPrefix) query = await withContact(db, query, contactKey(search.contactPrefix));
  if (search.status) query = query.where('status', '=', search.status);
  // Word for word as the index by status has it: SQLite uses an index with a condition for nothing less.
  if (search.status && search.status !== 'delivered' && !isMysql(db))
    query = query.where('status', '<>', sql.lit('delivered'));
  query = await within(db, query, search);
  if (search.before) query = query.where('id', '<', search.before);
  const ids = (await query.execute()).map((row) => row.id);
  const orders = await readOrders(db, ids);
  return ids.flatMap((id) => orders.get(id) ?? []);
}

/**
 * By the index of contacts where few fit; where many do, sorting them all would take seconds, and going back in time
 * from the newest finds a page of them soon.
 */
async function withContact(db: Db, query: OrderIds, prefix: string): Promise<OrderIds> {
  // A range instead of LIKE: it uses the index, and %, _ and \ in a contact are only characters.
  const end = `${prefix}\u{10ffff}`;
  const some = db
    .selectFrom('orders')
    .select('contact_key')
    .where('contact_key', '>=', prefix)
    .where('contact_key', '<', end)
    .limit(fewContacts)
    .as('some');
  const { found } = await db
    .selectFrom(some)
    .select(({ fn }) => fn.countAll().as('found'))
    .executeTakeFirstOrThrow();
  if (Number(found) < fewContacts) return query.where('contact_key', '>=', prefix).where('contact_key', '<', end);
  // The expression keeps both databases from choosing the index of contacts.
  const column = sql<string>`CONCAT(contact_key, '')`;
  return query.where(column, '>=', prefix).where(column, '<', end);
}

/** Orders lie in the order of their numbers: with one region, a range of time is a range of the table. */
async function within(db: Db, query: OrderIds, { fromMs, toMs }: OrderSearch): Promise<OrderIds> {
  if (fromMs === undefined && toMs === undefined) return query;
  const [region, another] = await regionsOfOrders(db);
  if (region && !another) {
    const { from, to } = orderIdRange(region, fromMs ?? 0, toMs ?? endOfTime);
    query = query.where('id', '>=', from).where('id', '<', to);
  }
  if (fromMs !== undefined) query = query.where('created_at', '>=', fromMs);
  if (toMs !== undefined) query = query.where('created_at', '<', toMs);
  return query;
}
