/** manual_deliveries: written once a line, never changed but for its key. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Tx } from '../platform/db/database.ts';

/** False when the line has another delivery already. The same ciphertext again is our own, from a run before. */
export async function insertDelivery(
  tx: Tx,
  delivery: { orderId: string; lineNo: number; content: Uint8Array; keyId: number },
  by: { actor: string; now: number },
): Promise<boolean> {
  const { orderId, lineNo, content, keyId } = delivery;
  const row = { order_id: orderId, line_no: lineNo, content, key_id: keyId };
  const who = { delivered_by: by.actor.slice(0, 120), delivered_at: by.now };
  if ((await insertRows(tx, 'manual_deliveries', [{ ...row, ...who }], { onConflict: 'ignore' })) === 1) return true;
  const found = await tx
    .selectFrom('manual_deliveries')
    .select('content')
    .where('order_id', '=', orderId)
    .where('line_no', '=', lineNo)
    .executeTakeFirstOrThrow();
  return Buffer.compare(found.content, content) === 0;
}
