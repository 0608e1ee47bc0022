/**
 * Fills an empty shop with samples, once in its life.
 *
 * The setting `sample.catalogue` tells how far it got: none -> loading (with the products, in one transaction) -> loaded,
 * and removed when the owner took them out; or none -> skipped when the shop has goods or categories already. Any process
 * that finds `loading` goes on from there, alone or beside the one that began: the numbers of sample cards are always the
 * same, so a second import of a card is a duplicate.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';
import type { Nudges } from '../platform/nudges.ts';
import { putSetting, putSettingOnce, readSetting } from '../platform/settings-store.ts';
import { insertCategory, readCategories } from './category-store.ts';
import { anyProduct, insertProduct, readProductsBySlug } from './product-store.ts';
import { type SampleSku, sampleCategories, sampleProducts } from './sample-catalogue.ts';
import { insertSku, readSkusOfProducts, type SkuFields } from './sku-store.ts';

export const sampleSetting = 'sample.catalogue';

export interface SampleCard {
  number: string;
  secret: string;
}

export interface LoadSampleDeps {
  database: Database;
  clock: Clock;
  nudges: Nudges;
  /** Files cards under a SKU; those that the shop has already are left out. */
  importCards(skuId: number, cards: readonly SampleCard[]): Promise<void>;
  setLoopSecret(skuId: number, secret: string): Promise<void>;
}

export async function loadSampleCatalogue(deps: LoadSampleDeps): Promise<'loaded' | 'already' | 'skipped'> {
  const { database, clock, nudges } = deps;
  const before = await readSetting(database.read, sampleSetting);
  if (before === 'loaded' || before === 'removed') return 'already';
  if (before === 'skipped') return 'skipped';
  if (before === undefined) {
    await database.transact('sample.catalogue', (tx) => insertSamples(tx, clock.now()));
    nudges.send('catalogue', 'all');
  }
  if ((await readSetting(database.read, sampleSetting)) === 'skipped') return 'skipped';
  await stockSamples(deps);
  await database.transact('sample.loaded', async (tx) => {
    const now = await readSetting(tx, sampleSetting);
    if (now === 'loading') await putSetting(tx, sampleSetting, 'loaded', clock.now());
  });
  nudges.send('catalogue', 'all');
  return 'loaded';
}

async function insertSamples(tx: Tx, nowMs: number): Promise<void> {
  if (!(await putSettingOnce(tx, sampleSetting, 'loading', nowMs))) return;
  if ((await anyProduct(tx)) || (await readCategories(tx)).length > 0)
    return putSetting(tx, sampleSetting, 'skipped', nowMs);
  const categoryIds = new Map<string, number>();
  for (const [position, { slug, name, en }] of sampleCategories.entries()) {
    categoryIds.set(
      slug,
      await insertCategory(tx, { slug, name, translations: { en: { name: en } }, position, iconId: null }, nowMs),
    );
  }
  for (const [position, { slug, category, name, summary, description, en, skus }] of sampleProducts.entries()) {
    const categoryId = categoryIds.get(category) ?? null;
    const texts = { slug, categoryId, name, summary, description, translations: { en } };
    const fields = { ...texts, imageUrl: null, status: 'active', position, isSample: true } as const;
    const productId = await insertProduct(tx, fields, nowMs);
    for (const [index, sku] of skus.entries()) await insertSku(tx, productId, skuFields(sku, index), nowMs);
  }
}

function skuFields(sku: SampleSku, position: number): SkuFields {
  return {
    name: sku.name,
    translations: { en: { name: sku.en } },
    priceMinor: sku.priceMinor,
    currency: sku.currency ?? 'CNY',
    delivery: sku.delivery ?? 'cards',
    minQuantity: 1,
    maxQuantity: sku.maxQuantity ?? 100,
    perBuyerLimit: sku.perBuyerLimit ?? null,
    lowStockAt: 10,
    status: 'active',
    position,
    priceSteps: sku.priceSteps ?? [],
    flashSale: null,
    buyerFields: [],
  };
}

/** Products are found by their slugs and SKUs by their place: another process may have inserted them. */
async function stockSamples({ database, importCards, setLoopSecret }: LoadSampleDeps): Promise<void> {
  const products = await readProductsBySlug(
    database.read,
    sampleProducts.map((product) => product.slug),
  );
  const skus = await readSkusOfProducts(
    database.read,
    products.map((product) => product.id),
  );
  for (const sample of sampleProducts) {
    const product = products.find((one) => one.slug === sample.slug && one.isSample);
    if (!product) continue; // the owner renamed or removed it meanwhile
    for (const [index, { key, cards, loopSecret }] of sample.skus.entries()) {
      const sku = skus.get(product.id)?.find((one) => one.position === index);
      if (!sku) continue;
      if (cards) await importCards(sku.id, sampleCards(key, cards));
      if (loopSecret) await setLoopSecret(sku.id, loopSecret);
    }
  }
}

/** Always the same cards for the same key. */
export function sampleCards(key: string, count: number): SampleCard[] {
  return Array.from({ length: count }, (_, i) => {
    const number = `SAMPLE-${key}-${String(i + 1).padStart(4, '0')}`;
    const letters = sha256(number)
      .replace(/[^0-9A-Za-z]/g, '')
      .toUpperCase();
    return { number, secret: `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8, 12)}` };
  });
}
