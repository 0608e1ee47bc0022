/** Takes cards off the shelf that somebody may already hold. */
import { cardStatus } from '../../contract/states.ts';
import type { Tx } from '../platform/db/database.ts';
import { lockCardStates, type OffTheShelf, setCardStatus } from './card-admin-store.ts';

const forSale = [cardStatus.available, cardStatus.locked] as const;

/** available | locked -> quarantined; others are left as they are. @returns the cards that changed */
export async function quarantineForSale(
  tx: Tx,
  cardIds: readonly number[],
  off: OffTheShelf,
): Promise<{ id: number; sku_id: number }[]> {
  const states = await lockCardStates(tx, cardIds);
  const changing = states.filter((card) => forSale.some((status) => status === card.status));
  await setCardStatus(
    tx,
    changing.map((card) => card.id),
    forSale,
    cardStatus.quarantined,
    off,
  );
  return changing;
}
