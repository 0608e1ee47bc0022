/** A shop database with SKUs and a card key: what tests of the card side start from. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportDeps, type ImportInput, importCards } from '../../server/card/import-cards.ts';
import { type Keyring, openKeyring } from '../../server/card/keyring.ts';
import { readSkusForPricing } from '../../server/catalog/catalog-store.ts';
import { type Clock, systemClock } from '../../server/platform/clock.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { newShopDatabase, type ShopDatabase } from './shop-database.ts';

export const region = 'A0';

export interface CardShelf extends ShopDatabase {
  folder: string;
  keyPath: string;
  keyring: Keyring;
  clock: Clock;
  /** What importing needs; a test may replace parts. */
  deps: ImportDeps;
  newSku(delivery?: string): Promise<number>;
  importText(skuId: number, text: string, more?: Partial<ImportInput>): ReturnType<typeof importCards>;
  /** Places an order on record as if it had been paid: the cards become sold and issued. */
  issue(orderId: string, lineNo: number, skuId: number, cardIds: readonly number[]): Promise<void>;
  cardIds(skuId: number): Promise<number[]>;
}

export async function newCardShelf(dialect: DialectName, clock: Clock = systemClock): Promise<CardShelf> {
  const shop = await newShopDatabase(dialect);
  const { database } = shop;
  const folder = mkdtempSync(join(tmpdir(), 'cardwell-cards-'));
  const keyPath = join(folder, 'master.key');
  const keyring = openKeyring({ path: keyPath, clock, strict: true, create: true });
  const findSku = async (skuId: number) => (await readSkusForPricing(database.read, [skuId])).get(skuId);
  const deps: ImportDeps = { database, clock, keyring, region, findSku };
  let skus = 0;
  return {
    ...shop,
    folder,
    keyPath,
    keyring,
    clock,
    deps,
    async newSku(delivery = 'cards') {
      const times = { created_at: 1, updated_at: 1 };
      return database.transact('test.sku', async (tx) => {
        const product = { slug: `product-${++skus}`, name: 'Product', category_id: null, ...times };
        const texts = { description: null, image_url: null, translations: null };
        const made = await tx
          .insertInto('products')
          .values({ ...product, ...texts })
          .executeTakeFirstOrThrow();
        const sku = { product_id: Number(made.insertId), name: 'Sku', translations: null, per_buyer_limit: null };
        const row = { ...sku, delivery, price_minor: 100, currency: 'CNY', ...times };
        return Number((await tx.insertInto('skus').values(row).executeTakeFirstOrThrow()).insertId);
      });
    },
    importText: (skuId, text, more) =>
      importCards(deps, { skuId, source: [text], sourceName: 'test.txt', actor: 'test', ...more }),
    issue: (orderId, lineNo, skuId, cardIds) =>
      database.transact('test.issue', async (tx) => {
        for (const card_id of cardIds) {
          const sold = { status: 1, order_id: orderId, sale_time: 5 };
          await tx.updateTable('card_keys').set(sold).where('id', '=', card_id).execute();
          const issue = { card_id, order_id: orderId, line_no: lineNo, sku_id: skuId, issued_at: 5 };
          await tx.insertInto('card_issues').values(issue).execute();
        }
      }),
    async cardIds(skuId) {
      const query = database.read.selectFrom('card_keys').select('id').where('sku_id', '=', skuId).orderBy('id');
      return (await query.execute()).map((row) => row.id);
    },
    async close() {
      await shop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
