import type { Db } from '../../platform/db/database.ts';

/** Whether anybody would miss what is in this database. One without tables holds nothing. */
export async function holdsShop(db: Db): Promise<boolean> {
  const tables = new Set((await db.introspection.getTables()).map((table) => table.name));
  if (!tables.has('products')) return false;
  const product = await db.selectFrom('products').select('id').limit(1).executeTakeFirst();
  const order = await db.selectFrom('orders').select('id').limit(1).executeTakeFirst();
  return product !== undefined || order !== undefined;
}
