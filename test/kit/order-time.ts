/** Moves the time of orders instead of waiting for it. */
import type { Database } from '../../server/platform/db/database.ts';

/** Their reservation has ended a moment ago; nobody has noticed yet. */
export async function makeOverdue({ database }: { database: Database }, orderIds: readonly string[]): Promise<void> {
  await database.transact('test.overdue', (tx) =>
    tx.updateTable('orders').set({ expires_at: 1 }).where('id', 'in', orderIds).execute(),
  );
}
