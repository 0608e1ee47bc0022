/** Counts that the limits on unpaid orders and per-buyer limits are judged by. */
import { selectIn } from '../platform/db/bulk.ts';
import type { Tx } from '../platform/db/database.ts';

export interface BuyerCounts {
  open: Map<string, number>;
  /** Contacts with at least one delivered order. */
  trusted: Set<string>;
}

export async function countByContact(tx: Tx, contactKeys: readonly string[]): Promise<BuyerCounts> {
  // A regular buyer may have thousands of delivered orders; one is enough to know them by.
  const open = await selectIn<{ k: string; n: number }>(
    tx,
    "SELECT contact_key AS k, COUNT(*) AS n FROM orders WHERE contact_key IN (?) AND status = 'pending'",
    contactKeys,
    { tail: ' GROUP BY contact_key' },
  );
  const trusted = await selectIn<{ k: string }>(
    tx,
    "SELECT DISTINCT contact_key AS k FROM orders WHERE contact_key IN (?) AND status = 'delivered'",
    contactKeys,
  );
  return { open: countsOf(open), trusted: new Set(trusted.map((row) => row.k)) };
}

export async function countByAddress(tx: Tx, clientKeys: readonly string[]): Promise<Map<string, number>> {
  const rows = await selectIn<{ k: string; n: number }>(
    tx,
    "SELECT client_key AS k, COUNT(*) AS n FROM orders WHERE client_key IN (?) AND status = 'pending'",
    clientKeys,
    { tail: ' GROUP BY client_key' },
  );
  return countsOf(rows);
}

export async function countByDevice(tx: Tx, deviceKeys: readonly string[]): Promise<Map<string, number>> {
  const rows = await selectIn<{ k: string; n: number }>(
    tx,
    "SELECT device_key AS k, COUNT(*) AS n FROM orders WHERE device_key IN (?) AND status = 'pending'",
    deviceKeys,
    { tail: ' GROUP BY device_key' },
  );
  return countsOf(rows);
}

/** Pieces of a SKU that this contact has bought or holds reserved. */
export async function boughtBefore(tx: Tx, contactKey: string, skuId: number): Promise<number> {
  const row = await tx
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .select((eb) => eb.fn.sum<number | string | null>('l.quantity').as('n'))
    .where('o.contact_key', '=', contactKey)
    .where('o.status', 'in', ['pending', 'paid', 'delivered', 'review'])
    .where('l.sku_id', '=', skuId)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Pieces that this contact has bought or holds reserved at the price of a sale. */
export async function boughtInSale(tx: Tx, contactKey: string, saleId: number): Promise<number> {
  const row = await tx
    .selectFrom('orders as o')
    .innerJoin('order_lines as l', 'l.order_id', 'o.id')
    .select((eb) => eb.fn.sum<number | string | null>('l.quantity').as('n'))
    .where('o.contact_key', '=', contactKey)
    .where('o.status', 'in', ['pending', 'paid', 'delivered', 'review'])
    .where('l.flash_sale_id', '=', saleId)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

function countsOf(rows: readonly { k: string; n: number }[]): Map<string, number> {
  return new Map(rows.map((row) => [row.k, Number(row.n)]));
}

/** The coupons of this contact's orders that are not given up, once for each order. */
export async function couponsOfBuyer(tx: Tx, contactKey: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('orders')
    .select('coupon_id')
    .where('contact_key', '=', contactKey)
    .where('status', 'in', ['pending', 'paid', 'delivered', 'review', 'refunded'])
    .where('coupon_id', 'is not', null)
    .execute();
  return rows.map((row) => row.coupon_id as number);
}
