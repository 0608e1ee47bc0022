/**
 * The first steps of a new shop. Which are done is read from the shop itself, so that they can be left, taken up again on
 * another device, and taken in any order; kept is only what its people do not want to do, or to see.
 */
import { type FirstRun, type FirstStep, firstSteps, type UpdateFirstRunBody } from '../../../contract/appearance.ts';
import { hasSampleProduct } from '../../catalog/on-sale-store.ts';
import { type Actor, recordAudit } from '../../platform/audit-store.ts';
import { changedFields } from '../../platform/changed-fields.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Db, Tx } from '../../platform/db/database.ts';
import { putSetting, readSetting, readSettings } from '../../platform/settings-store.ts';
import { firstProduct, hasChannel, hasOwnCards, lastOwnOrder } from './first-run-store.ts';

const setting = 'desk.first-run';

interface Kept {
  skipped: FirstStep[];
  dismissed: boolean;
}

export async function readFirstRun(db: Db): Promise<FirstRun> {
  const kept = await readKept(db);
  // Nobody looks: nothing is asked of a shop that may be large by now.
  if (kept.dismissed) return { steps: [], dismissed: true, product: null, order: null };
  const [words, product, cards, channel, order, samples] = await Promise.all([
    readSettings(db, ['shop.name', 'shop.appearance']),
    firstProduct(db),
    hasOwnCards(db),
    hasChannel(db),
    lastOwnOrder(db),
    hasSampleProduct(db),
  ]);
  const done: Record<FirstStep, boolean> = {
    account: true,
    look: words.size > 0,
    product: product !== null && product.skuId !== null,
    cards: cards || (product !== null && !product.needsCards),
    channel,
    purchase: order?.status === 'delivered',
    samples: !samples,
  };
  const steps = firstSteps.map((step) => {
    const state = done[step] ? 'done' : kept.skipped.includes(step) ? 'skipped' : 'open';
    return { step, state } as const;
  });
  return { steps, dismissed: false, product, order };
}

async function readKept(db: Db | Tx): Promise<Kept> {
  try {
    const { skipped, dismissed } = JSON.parse((await readSetting(db, setting)) ?? '{}') as Partial<Kept>;
    return { skipped: firstSteps.filter((step) => skipped?.includes(step)), dismissed: dismissed === true };
  } catch {
    return { skipped: [], dismissed: false };
  }
}

export async function updateFirstRun(
  { database, clock }: { database: Database; clock: Clock },
  { actor, requestId, ...changes }: UpdateFirstRunBody & Actor,
): Promise<void> {
  await database.transact('first-run.update', async (tx) => {
    const at = clock.now();
    const before = await readKept(tx);
    const after = { ...before, ...changes };
    await putSetting(tx, setting, JSON.stringify(after), at);
    const audit = { at, actor, requestId, action: 'first-run.update' as const, subject: 'settings:first-run' };
    await recordAudit(tx, { ...audit, ...changedFields(before, after) });
  });
}
