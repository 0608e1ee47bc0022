/**
 * A shop for tests of the whole: one database, any number of real server processes on it, and a context in the test process
 * itself, to seed by the real operations, to run scans and to look at what is on record.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCards } from '../../server/card/import-cards.ts';
import { createProduct } from '../../server/catalog/create-product.ts';
import { createSku } from '../../server/catalog/create-sku.ts';
import { readConfig } from '../../server/config.ts';
import { type Context, openContext } from '../../server/context.ts';
import { findSku } from '../../server/first-start.ts';
import { migrationsFolder } from '../../server/paths.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { migrate } from '../../server/platform/db/migrate.ts';
import { sandboxSecret } from './buyer.ts';
import { sharedMariadb } from './mariadb.ts';
import { newShopProcess, type ShopProcess } from './shop-process.ts';

export interface SkuSeed {
  cards?: number;
  priceMinor?: number;
  currency?: string;
  delivery?: 'cards' | 'loop' | 'manual' | 'webhook';
}

export interface TestShop {
  readonly dialect: DialectName;
  readonly context: Context;
  /** What every process of this shop is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders in which processes of this shop kept their issue journals. */
  readonly dataDirs: readonly string[];
  readonly processes: readonly ShopProcess[];
  /** A process with a data folder of its own; not started yet. */
  newProcess(env?: Record<string, string>, roles?: readonly string[]): Promise<ShopProcess>;
  /** A product with one SKU and this many cards. @returns the id of the SKU */
  newSku(seed?: SkuSeed): Promise<number>;
  addCards(skuId: number, count: number, secret?: string): Promise<void>;
  /** Ends all processes and removes everything. */
  close(): Promise<void>;
}

export async function newTestShop(dialect: DialectName, settings: Record<string, string> = {}): Promise<TestShop> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-test-shop-'));
  const home = join(folder, 'home');
  const url =
    settings.DATABASE_URL ?? (dialect === 'sqlite' ? `sqlite:${join(folder, 'shop.db')}` : await newDatabase());
  const env = {
    DATABASE_URL: url,
    CARDWELL_MASTER_KEY_FILE: join(home, 'master.key'),
    CARDWELL_SANDBOX_SECRET: sandboxSecret,
    CARDWELL_SAMPLE_DATA: 'off',
    CARDWELL_LIMITS: 'off',
    CARDWELL_ENV: 'development',
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const config = readConfig({ ...env, CARDWELL_DATA_DIR: home, LOG_LEVEL: 'silent' });
  const context = await openContext(config, ['card']);
  await migrate(context.database, migrationsFolder, context.clock);
  const dataDirs = [home];
  const processes: ShopProcess[] = [];
  let skus = 0;
  let cards = 0;

  async function addCards(skuId: number, count: number, secret = 'SECRET'): Promise<void> {
    const lines = Array.from({ length: count }, () => `NO-${++cards}----${secret}-${cards}-of-sku-${skuId}\n`);
    const { keyring } = context;
    if (!keyring) throw new Error('the card role brings a keyring');
    const deps = { ...context, keyring, findSku: (id: number) => findSku(context, id) };
    const outcome = await importCards(deps, { skuId, source: lines, sourceName: 'test', actor: 'test' });
    if (outcome.kind !== 'imported' || outcome.report.imported !== count) throw new Error(JSON.stringify(outcome));
  }

  return {
    dialect,
    context,
    env,
    dataDirs,
    processes,
    async newProcess(more = {}, roles) {
      const dataDir = join(folder, `process-${processes.length + 1}`);
      dataDirs.push(dataDir);
      const made = await newShopProcess({ ...env, CARDWELL_DATA_DIR: dataDir, ...more }, roles);
      processes.push(made);
      return made;
    },
    async newSku({ cards: count = 0, priceMinor = 1000, currency = 'CNY', delivery = 'cards' } = {}) {
      const product = await createProduct(context, { actor: 'test', name: `Product ${++skus}` });
      if (product.kind !== 'created') throw new Error(product.kind);
      const fields = { name: `Variant ${skus}`, priceMinor, currency, delivery, maxQuantity: 1000 };
      const sku = await createSku(context, { actor: 'test', productId: product.id, ...fields });
      if (sku.kind !== 'created') throw new Error(sku.kind);
      if (count > 0) await addCards(sku.id, count);
      return sku.id;
    },
    addCards,
    async close() {
      await Promise.all(processes.map((one) => one.kill()));
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function newDatabase(): Promise<string> {
  return (await sharedMariadb()).newDatabase();
}
