/** The `sku_webhooks` table: where goods with the delivery `webhook` are asked for. */
import type { Db, Tx } from '../platform/db/database.ts';

export interface SkuWebhook {
  url: string;
  /** Sealed with the channel key, bound to the SKU. */
  secret: Uint8Array;
}

export async function readSkuWebhook(db: Db | Tx, skuId: number): Promise<SkuWebhook | undefined> {
  return db.selectFrom('sku_webhooks').select(['url', 'secret']).where('sku_id', '=', skuId).executeTakeFirst();
}

export async function putSkuWebhook(tx: Tx, skuId: number, { url, secret }: SkuWebhook, nowMs: number): Promise<void> {
  await tx.deleteFrom('sku_webhooks').where('sku_id', '=', skuId).execute();
  await tx.insertInto('sku_webhooks').values({ sku_id: skuId, url, secret, updated_at: nowMs }).execute();
}

export async function deleteSkuWebhook(tx: Tx, skuId: number): Promise<void> {
  await tx.deleteFrom('sku_webhooks').where('sku_id', '=', skuId).execute();
}
