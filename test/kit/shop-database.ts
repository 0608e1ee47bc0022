/** An empty, migrated shop database of either kind: the same suite runs on both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsFolder } from '../../server/paths.ts';
import { type Clock, systemClock } from '../../server/platform/clock.ts';
import type { Database, DialectName } from '../../server/platform/db/database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { openDatabase } from '../../server/platform/db/open-database.ts';
import { sharedMariadb } from './mariadb.ts';

export const dialects: readonly DialectName[] = ['sqlite', 'mysql'];

export interface ShopDatabase {
  database: Database;
  url: string;
  close(): Promise<void>;
}

export async function newShopDatabase(dialect: DialectName, clock: Clock = systemClock): Promise<ShopDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-shop-'));
  const url = dialect === 'sqlite' ? `sqlite:${join(folder, 'shop.db')}` : await (await sharedMariadb()).newDatabase();
  const database = openDatabase({ url, clock, poolSize: 6 });
  await migrate(database, migrationsFolder, clock);
  return {
    database,
    url,
    async close() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
