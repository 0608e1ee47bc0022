/** Four eyes: above an amount that the owner sets, money moves or cards go out by hand only when two people say so. */
import type { ResolutionAction } from '../../contract/states.ts';
import { secondPersonSetting } from '../catalog/update-shop-settings.ts';
import type { Tx } from '../platform/db/database.ts';
import { readSetting } from '../platform/settings-store.ts';
import type { ReviewCase } from './review-store.ts';

const harmless: readonly ResolutionAction[] = ['close', 'release'];

/** Cases without an amount ask for two as soon as there is a limit. */
export async function needsSecondPerson(
  tx: Tx,
  found: ReviewCase,
  by: { action: ResolutionAction; actor: string },
): Promise<boolean> {
  if (harmless.includes(by.action)) return false;
  const setting = await readSetting(tx, secondPersonSetting);
  if (!setting || amountOf(found) < Number(setting)) return false;
  return found.proposedAction !== by.action || found.proposedBy === null || found.proposedBy === by.actor;
}

function amountOf({ detail }: ReviewCase): number {
  const amounts = ['receivedMinor', 'amountMinor', 'expectedMinor'].map((field) => detail[field]);
  const known = amounts.filter((amount): amount is number => typeof amount === 'number');
  return known.length > 0 ? Math.max(...known) : Number.POSITIVE_INFINITY;
}
