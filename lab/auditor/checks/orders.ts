/** Of orders: none that was promised is missing, none is there twice, none went back in its life. */
import { type OrderStatus, orderTransitions } from '../../../contract/states.ts';
import type { LabCheck } from '../lab-check.ts';

export const promisedOrdersExist: LabCheck = {
  id: 'INV-3 orders',
  says: 'Every order that was answered with success is in the database, and was placed for that buyer.',
  broken: ({ history, order, mayBeLost }) =>
    history.buyers.flatMap(({ order: promised, contact, number }) => {
      if (!promised || mayBeLost(promised.id)) return [];
      const row = order(promised.id);
      if (!row) return [`order ${promised.id} of buyer ${number} was promised and is not there`];
      if (row.contact !== contact) return [`order ${promised.id} belongs to ${row.contact}, not to ${contact}`];
      if (row.totalMinor !== promised.totalMinor)
        return [`order ${promised.id} costs ${row.totalMinor}, not ${promised.totalMinor}`];
      return [];
    }),
};

export const recordedOrdersAreSettled: LabCheck = {
  id: 'INV-3 tickets',
  says: 'Every order that was recorded while the database was away was placed or refused, and none still waits.',
  broken: ({ history, waitingIntents, order: find }) => [
    ...history.buyers.flatMap(({ ticket, order, refused, number }) =>
      ticket && !order && !refused && !find(ticket.id)
        ? [`ticket ${ticket.id} of buyer ${number} came to nothing`]
        : [],
    ),
    ...(waitingIntents > 0 ? [`${waitingIntents} entries still wait on disk`] : []),
  ],
};

export const oneOrderForOneWish: LabCheck = {
  id: 'once',
  says: 'No request took effect twice, however often it was sent: one Idempotency-Key, one order.',
  broken({ shop, history }) {
    const found: string[] = [];
    for (const [contact, rows] of Map.groupBy(shop.orders, (row) => row.contact))
      if (contact.startsWith(`${history.name}-`) && rows.length > 1)
        found.push(`${contact} has the orders ${rows.map(({ id }) => id).join(', ')}`);
    const owners = new Map<string, number>();
    for (const { number, order } of history.buyers) {
      if (!order) continue;
      if (owners.has(order.id)) found.push(`buyers ${owners.get(order.id)} and ${number} were given order ${order.id}`);
      owners.set(order.id, number);
    }
    return found;
  },
};

/** From each status all that can follow, over any number of steps. */
const reachable = new Map<string, ReadonlySet<string>>(
  (Object.keys(orderTransitions) as OrderStatus[]).map((from) => {
    const seen = new Set<string>([from]);
    const queue: OrderStatus[] = [from];
    for (let status = queue.pop(); status; status = queue.pop())
      for (const next of orderTransitions[status])
        if (!seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
    return [from, seen];
  }),
);

export const statesGoForward: LabCheck = {
  id: 'states',
  says: 'What buyers saw of their order only ever went forward, and the database goes on from there.',
  broken: ({ history, order, mayBeLost }) =>
    history.buyers.flatMap(({ order: own, statuses }) => {
      if (own && mayBeLost(own.id)) return [];
      const last = own && order(own.id)?.status;
      const seen = last === undefined ? statuses : [...statuses, last];
      return seen.slice(1).flatMap((to, i) => {
        const from = seen[i] as string;
        return reachable.get(from)?.has(to) ? [] : [`order ${own?.id} went from ${from} to ${to}`];
      });
    }),
};

export const cancelledStaysCancelled: LabCheck = {
  id: 'cancelled',
  says: 'An order whose cancelling was answered with success is cancelled, unless its money came all the same.',
  broken: ({ history, order, mayBeLost }) =>
    history.buyers.flatMap(({ order: own, cancelled, trade }) => {
      if (!own || !cancelled || trade?.paid || mayBeLost(own.id)) return [];
      const row = order(own.id);
      return row && row.status !== 'cancelled' ? [`order ${own.id} was cancelled and is ${row.status}`] : [];
    }),
};
