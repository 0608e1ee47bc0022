/** Says which program of the owner delivers a SKU. Its secret is written and never read back. */
import type { SetWebhookBody } from '../../contract/admin-catalogue.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { type OutsideRule, refusalOfAddress } from '../platform/outside-address.ts';
import type { Refusal } from './edit-deps.ts';
import { readSku } from './sku-store.ts';
import { putSkuWebhook, readSkuWebhook } from './sku-webhook-store.ts';

/** What webhook secrets are sealed with: the key of the payment channels, for a purpose of its own. */
export interface WebhookBox {
  seal(owner: string, plain: string): Buffer;
  unseal(owner: string, sealed: Uint8Array): string;
}

export type SetWebhookOutcome = { kind: 'set' } | Extract<Refusal, { kind: 'not-found' | 'invalid' }>;

export const webhookOwner = (skuId: number): string => `sku ${skuId}`;

export async function setSkuWebhook(
  deps: { database: Database; clock: Clock; rule: OutsideRule; box: WebhookBox },
  { skuId, url, secret, actor, requestId }: SetWebhookBody & Actor & { skuId: number },
): Promise<SetWebhookOutcome> {
  const { database, clock, rule, box } = deps;
  const refusal = refusalOfAddress(url, rule);
  if (refusal) return { kind: 'invalid', faults: [{ path: 'body/url', message: refusal }] };
  const sealed = secret === undefined ? undefined : box.seal(webhookOwner(skuId), secret);
  return database.transact('catalog.set-webhook', async (tx): Promise<SetWebhookOutcome> => {
    const sku = await readSku(tx, skuId);
    if (!sku) return { kind: 'not-found' };
    if (sku.delivery !== 'webhook') {
      return { kind: 'invalid', faults: [{ path: 'body', message: 'the variant is not delivered by a webhook' }] };
    }
    const before = await readSkuWebhook(tx, skuId);
    const kept = sealed ?? before?.secret;
    if (!kept) return { kind: 'invalid', faults: [{ path: 'body/secret', message: 'is needed the first time' }] };
    const at = clock.now();
    await putSkuWebhook(tx, skuId, { url, secret: kept }, at);
    const audit = { at, actor, requestId, action: 'sku.webhook' as const, subject: `sku:${skuId}` };
    const after = { url, secret: sealed ? 'changed' : 'kept' };
    await recordAudit(tx, { ...audit, before: before && { url: before.url }, after });
    return { kind: 'set' };
  });
}
