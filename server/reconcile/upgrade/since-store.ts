import type { Db } from '../../platform/db/database.ts';

export interface Since {
  orders: number;
  payments: number;
}

/** What a way back to that moment would take out of the books. */
export async function tradeSince(db: Db, at: number): Promise<Since> {
  const orders = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('created_at', '>=', at)
    .executeTakeFirst();
  const payments = await db
    .selectFrom('payment_evidence')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('received_at', '>=', at)
    .executeTakeFirst();
  return { orders: Number(orders?.count ?? 0), payments: Number(payments?.count ?? 0) };
}
