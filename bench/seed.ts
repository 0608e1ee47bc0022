/** Goods to sell: SKUs and cards straight into the tables, sealed as the import does it. */
import { type Keyring, openKeyring } from '../server/card/keyring.ts';
import type { Clock } from '../server/platform/clock.ts';
import { insertRows } from '../server/platform/db/bulk.ts';
import type { Database } from '../server/platform/db/database.ts';

export interface SeedOptions {
  database: Database;
  clock: Clock;
  keyFile: string;
  skus: number;
  cardsEach: number;
  region: string;
  /** Told apart when a database is seeded more than once. */
  label: string;
}

const rowsATime = 2000;

/** @returns the ids of the SKUs */
export async function seedCards(options: SeedOptions): Promise<number[]> {
  const { database, clock, skus, cardsEach, label, region } = options;
  const keyring = openKeyring({ path: options.keyFile, clock, strict: false, create: true });
  const now = clock.now();
  const skuIds = await database.transact('bench.skus', (tx) => insertSkus(tx, label, skus, now));
  for (const skuId of skuIds) {
    const batchId = await database.transact('bench.batch', async (tx) => {
      const counts = { total_lines: cardsEach, imported: cardsEach, status: 'done' };
      const where = { sku_id: skuId, product_id: 1, region };
      const made = await tx
        .insertInto('card_batches')
        .values({ ...where, ...counts, source: 'bench', created_by: 'bench', created_at: now, finished_at: now })
        .executeTakeFirstOrThrow();
      return Number(made.insertId);
    });
    for (let from = 0; from < cardsEach; from += rowsATime) {
      const count = Math.min(rowsATime, cardsEach - from);
      const rows = Array.from({ length: count }, (_, i) =>
        cardRow(keyring, `${label}-${skuId}-${from + i}`, { skuId, batchId, region }),
      );
      await database.transact('bench.cards', (tx) => insertRows(tx, 'card_keys', rows));
    }
  }
  return skuIds;
}

async function insertSkus(
  tx: Parameters<Parameters<Database['transact']>[1]>[0],
  label: string,
  skus: number,
  now: number,
): Promise<number[]> {
  const product = await tx
    .insertInto('products')
    .values({ slug: `bench-${label}`, name: `Bench ${label}`, created_at: now, updated_at: now })
    .executeTakeFirstOrThrow();
  const productId = Number(product.insertId);
  const rows = Array.from({ length: skus }, (_, i) => ({
    product_id: productId,
    name: `SKU ${i}`,
    price_minor: 100 + (i % 900),
    currency: 'CNY',
    created_at: now,
    updated_at: now,
  }));
  await insertRows(tx, 'skus', rows);
  const made = await tx.selectFrom('skus').select('id').where('product_id', '=', productId).orderBy('id').execute();
  return made.map((row) => row.id);
}

function cardRow(keyring: Keyring, number: string, where: { skuId: number; batchId: number; region: string }) {
  const hash = keyring.hash(number);
  const secret = keyring.seal('card-secret', hash, `SECRET-${number}`);
  return {
    card_no: keyring.seal('card-number', hash, number, secret.keyId).bytes,
    card_secret: secret.bytes,
    card_no_hash: hash,
    product_id: 1,
    sku_id: where.skuId,
    region: where.region,
    batch_id: where.batchId,
    key_id: secret.keyId,
  };
}
