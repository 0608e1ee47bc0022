/** The lab's shop before its first buyer: the tables, goods, cards, and a channel to each payment network. */
import { importCards } from '../server/card/import-cards.ts';
import { createProduct } from '../server/catalog/create-product.ts';
import { createSku } from '../server/catalog/create-sku.ts';
import { readConfig } from '../server/config.ts';
import { type Context, openContext } from '../server/context.ts';
import { isAway } from '../server/degrade/degrade.ts';
import { findSku } from '../server/first-start.ts';
import { migrationsFolder } from '../server/paths.ts';
import { sleep } from '../server/platform/clock.ts';
import { migrate } from '../server/platform/db/migrate.ts';
import { connectChannels } from './channels.ts';
import type { LabGoods } from './lab.ts';
import type { Topology } from './topology.ts';

const mostTries = 60;

export interface GoodsOptions {
  env: Record<string, string>;
  topology: Topology;
  skus: number;
  cards: number;
}

export async function openShop({ env, topology, skus, cards }: GoodsOptions): Promise<LabGoods> {
  const context = await openContext(readConfig({ ...env, LOG_LEVEL: 'error' }), ['card', 'admin']);
  try {
    await onceTheDatabaseAnswers(() => migrate(context.database, migrationsFolder, context.clock));
    const [skuIds] = await Promise.all([
      stock(context, skus, Math.ceil(cards / skus)),
      connectChannels(context, topology),
    ]);
    return { skuIds, cards: skus * Math.ceil(cards / skus) };
  } finally {
    await context.close();
  }
}

/** Networks that were started again have new keys. */
export async function reconnectChannels({ env, topology }: Pick<GoodsOptions, 'env' | 'topology'>): Promise<void> {
  const context = await openContext(readConfig({ ...env, LOG_LEVEL: 'error' }), ['admin']);
  await connectChannels(context, topology).finally(() => context.close());
}

/** A machine that does other things as well may make its nodes look dead for a moment. */
async function onceTheDatabaseAnswers(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isAway(error) || tries === mostTries) throw error;
      await sleep(1000);
    }
  }
}

async function stock(context: Context, skus: number, cardsEach: number): Promise<number[]> {
  const skuIds: number[] = [];
  for (let i = 1; i <= skus; i++) {
    const product = await createProduct(context, { actor: 'lab', name: `实验商品 ${i}` });
    if (product.kind !== 'created') throw new Error(product.kind);
    const fields = { name: '标准', priceMinor: 100 * i, currency: 'CNY', delivery: 'cards' as const };
    const sku = await createSku(context, { actor: 'lab', productId: product.id, ...fields });
    if (sku.kind !== 'created') throw new Error(sku.kind);
    await importOnto(context, sku.id, cardsEach);
    skuIds.push(sku.id);
  }
  return skuIds;
}

async function importOnto(context: Context, skuId: number, count: number): Promise<void> {
  const { keyring } = context;
  if (!keyring) throw new Error('the card role brings a keyring');
  const source = Array.from({ length: count }, (_, i) => `LAB-${skuId}-${i}----secret-${skuId}-${i}\n`);
  const deps = { ...context, keyring, findSku: (id: number) => findSku(context, id) };
  const outcome = await importCards(deps, { skuId, source, sourceName: 'lab', actor: 'lab' });
  if (outcome.kind !== 'imported' || outcome.report.imported !== count) throw new Error(JSON.stringify(outcome));
}
