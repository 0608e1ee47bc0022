/**
 * What a change of orders tells the shop's people: paid, delivered, waiting for a person. Written in the transaction of the
 * change, and only when somebody wants to hear of it: a shop that sells a thousand an hour need not write each of them down.
 */
import type { NoticeEventName } from '../../contract/notices.ts';
import { maskedContact } from '../delivery/masked-contact.ts';
import type { Order } from '../order/order.ts';
import type { Tx } from '../platform/db/database.ts';
import { readWantedEvents, recordEvents, type ShopEvent } from '../platform/event-store.ts';

export interface OrderChange {
  before: Order;
  after: Order;
}

/** More of them in one batch are told as one, with their number. */
const toldOneByOne = 20;

export async function recordOrderEvents(tx: Tx, changes: readonly OrderChange[], nowMs: number): Promise<void> {
  const happened = changes.flatMap(({ before, after }) => eventsOf(before, after).map((event) => ({ event, after })));
  if (happened.length === 0) return;
  const wanted = await readWantedEvents(tx);
  const told = [...Map.groupBy(happened, ({ event }) => event)].flatMap(([event, all]) =>
    wanted.has(event)
      ? toldAs(
          event,
          all.map(({ after }) => after),
        )
      : [],
  );
  await recordEvents(tx, told, nowMs);
}

function eventsOf(before: Order, after: Order): NoticeEventName[] {
  const wasServed = before.status === 'paid' || before.status === 'delivered';
  const isServed = after.status === 'paid' || after.status === 'delivered';
  return [
    ...(isServed && !wasServed ? (['order.paid'] as const) : []),
    ...(after.status === 'delivered' && before.status !== 'delivered' ? (['order.delivered'] as const) : []),
    ...(after.status === 'paid' && before.status !== 'paid' ? (['order.manual'] as const) : []),
  ];
}

function toldAs(event: NoticeEventName, orders: readonly Order[]): ShopEvent[] {
  if (orders.length <= toldOneByOne) return orders.map((order) => ({ event, ...factsOf(order) }));
  return [...Map.groupBy(orders, (order) => order.currency)].map(([currency, same]) => ({
    event,
    about: `${same[0]?.id}+${same.length - 1}`,
    detail: { count: same.length, currency, totalMinor: same.reduce((sum, order) => sum + order.totalMinor, 0) },
  }));
}

function factsOf({ id, currency, totalMinor, contact, lines }: Order): Pick<ShopEvent, 'about' | 'orderId' | 'detail'> {
  const [first] = lines;
  const goods = first ? `${first.productName} × ${first.quantity}${lines.length > 1 ? ' …' : ''}` : '';
  return { about: id, orderId: id, detail: { currency, totalMinor, goods, contact: maskedContact(contact) } };
}
