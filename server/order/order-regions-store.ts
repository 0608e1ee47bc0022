import type { Db } from '../platform/db/database.ts';

/** A database of ours has a handful. */
const maxRegions = 100;

/** The regions whose orders are here: one look into the key of the table for each, however many orders there are. */
export async function regionsOfOrders(db: Db): Promise<string[]> {
  const regions: string[] = [];
  for (let after = ''; regions.length < maxRegions; ) {
    const row = await db
      .selectFrom('orders')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!row) break;
    const region = row.id.slice(0, 2);
    regions.push(region);
    // Numbers are made of 0-9 and A-Z: everything of this region comes before this.
    after = `${region}[`;
  }
  return regions;
}
