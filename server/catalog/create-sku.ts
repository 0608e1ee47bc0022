import type { CreateSkuBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { catalogueChanged, type EditDeps, type Refusal } from './edit-deps.ts';
import { readProduct } from './product-store.ts';
import { skuFaults } from './sku-rules.ts';
import { insertSku, type SkuFields } from './sku-store.ts';

const action = 'sku.create';
export type CreateSkuOutcome = { kind: 'created'; id: number } | Extract<Refusal, { kind: 'not-found' | 'invalid' }>;

/** @returns `not-found` when there is no such product */
export async function createSku(
  deps: EditDeps,
  { productId, actor, requestId, ...body }: CreateSkuBody & Actor & { productId: number },
): Promise<CreateSkuOutcome> {
  const { database, clock } = deps;
  const fields: SkuFields = {
    name: body.name,
    translations: body.translations ?? {},
    priceMinor: body.priceMinor,
    currency: body.currency,
    delivery: body.delivery,
    minQuantity: body.minQuantity ?? 1,
    maxQuantity: body.maxQuantity ?? Math.max(100, body.minQuantity ?? 1),
    perBuyerLimit: body.perBuyerLimit ?? null,
    lowStockAt: body.lowStockAt ?? 10,
    status: body.status ?? 'active',
    position: body.position ?? 0,
    priceSteps: body.priceSteps ?? [],
    flashSale: body.flashSale ?? null,
    buyerFields: body.buyerFields ?? [],
  };
  const faults = skuFaults(fields);
  if (faults.length > 0) return { kind: 'invalid', faults };
  const work = onceForRequest<CreateSkuOutcome>(
    { action, requestId },
    async (tx) => {
      if (!(await readProduct(tx, productId))) return { kind: 'not-found' };
      const at = clock.now();
      const id = await insertSku(tx, productId, fields, at);
      const after = { productId, ...fields };
      await recordAudit(tx, { at, actor, requestId, action, subject: `sku:${id}`, after });
      return { kind: 'created', id };
    },
    async (_tx, id) => ({ kind: 'created', id }),
  );
  const outcome = await database.transact('catalog.create-sku', work);
  if (outcome.kind === 'created') catalogueChanged(deps);
  return outcome;
}
