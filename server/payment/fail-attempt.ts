import { readOrders } from '../order/order-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Nudges } from '../platform/nudges.ts';
import { orderIdOf } from './payment.ts';
import { endPayment, readPayments } from './payment-store.ts';

/** A channel says that an attempt came to nothing. The order stays payable; money that comes all the same is taken in. */
export async function failAttempt(
  deps: { database: Database; clock: Clock; nudges: Nudges },
  channel: string,
  outTradeNo: string,
): Promise<void> {
  const orderId = orderIdOf(outTradeNo);
  if (!orderId) return;
  const ended = await deps.database.transact('payment.fail', async (tx) => {
    await readOrders(tx, [orderId], { lock: true });
    const payment = (await readPayments(tx, [outTradeNo])).get(outTradeNo);
    return payment?.channel === channel && (await endPayment(tx, outTradeNo, 'failed', deps.clock.now()));
  });
  if (ended) deps.nudges.send('order', orderId);
}
