/** Sets the secret of a loop SKU: one text that every buyer gets, a link or a shared account for example. */
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import { isDeliverableText } from './deliverable-text.ts';
import type { Keyring } from './keyring.ts';
import { writeLoopCard } from './loop-store.ts';
import { loopCardOwner } from './seal-owners.ts';

export type SetLoopCardOutcome =
  | { kind: 'set' }
  | { kind: 'sku-not-found' }
  | { kind: 'sku-not-loop' }
  | { kind: 'secret-invalid' };

export async function setLoopCard(
  deps: {
    database: Database;
    clock: Clock;
    keyring: Keyring;
    findSku(skuId: number): Promise<{ delivery: string } | undefined>;
  },
  { skuId, secret, actor, requestId }: { skuId: number; secret: string } & Actor,
): Promise<SetLoopCardOutcome> {
  const { database, clock, keyring } = deps;
  const text = secret.trim();
  if (!isDeliverableText(text)) return { kind: 'secret-invalid' };
  const sku = await deps.findSku(skuId);
  if (!sku) return { kind: 'sku-not-found' };
  if (sku.delivery !== 'loop') return { kind: 'sku-not-loop' };
  const { bytes, keyId } = keyring.seal('loop-card', loopCardOwner(skuId), text);
  await database.transact('card.set-loop', async (tx) => {
    const now = clock.now();
    await writeLoopCard(tx, { skuId, secret: bytes, keyId, now });
    await recordAudit(tx, { actor, requestId, at: now, action: 'loop-card.set', subject: `sku:${skuId}` });
  });
  return { kind: 'set' };
}
