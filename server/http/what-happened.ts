/** For whoever comes second: what became of the order meanwhile, and who last did something to it. */
import { readOrder } from '../order/order-store.ts';
import { readAuditLog } from '../platform/audit-store.ts';
import type { Database } from '../platform/db/database.ts';

export async function whatHappened(
  { database }: { database: Pick<Database, 'read'> },
  orderId: string,
  status?: string,
): Promise<string> {
  const now = status ?? (await readOrder(database.read, orderId))?.status ?? 'unknown';
  const [last] = (await readAuditLog(database.read, { orderId, limit: 1 })).entries;
  const deed = last && ` Last: ${last.action} by ${last.actor}, ${new Date(last.at).toISOString()}.`;
  return `The order is ${now}.${deed ?? ''}`;
}
