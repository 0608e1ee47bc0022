/** Four eyes: above an amount that the owner sets, money moves or cards go out by hand only when two people say so. */
import { isStaffRole } from '../../contract/permissions.ts';
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
  const from = await secondPersonFrom(tx);
  if (from === undefined || amountOf(found) < from) return false;
  return found.proposedAction !== by.action || !areTwoPeople(found.proposedBy ?? '', by.actor);
}

/** The amount from which on two are needed; undefined: one is always enough. */
export async function secondPersonFrom(tx: Tx): Promise<number | undefined> {
  const setting = await readSetting(tx, secondPersonSetting);
  return setting ? Number(setting) : undefined;
}

/** By the names of the audit log. */
export function areTwoPeople(one: string, other: string): boolean {
  const [first, second] = [personIn(one), personIn(other)];
  return first !== undefined && second !== undefined && first !== second;
}

/**
 * The login behind a name of the audit log: the same person has another role tomorrow. A token is nobody: whoever made it
 * could be the first and the second.
 */
function personIn(actor: string): string | undefined {
  const colon = actor.indexOf(':');
  return colon > 0 && isStaffRole(actor.slice(0, colon)) ? actor.slice(colon + 1) : undefined;
}

function amountOf({ detail }: ReviewCase): number {
  const amounts = ['receivedMinor', 'amountMinor', 'expectedMinor'].map((field) => detail[field]);
  const known = amounts.filter((amount): amount is number => typeof amount === 'number');
  return known.length > 0 ? Math.max(...known) : Number.POSITIVE_INFINITY;
}
