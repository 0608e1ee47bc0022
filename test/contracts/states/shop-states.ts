/** Where everything stands: the status of every order, attempt, refund, card and review case, and what changed between two looks. */
import { cardStatus } from '../../../contract/states.ts';
import type { Db } from '../../../server/platform/db/database.ts';

export const things = ['order', 'payment', 'refund', 'card', 'review'] as const;
export type Thing = (typeof things)[number];
/** `order A0…` -> status. */
export type States = Map<string, string>;

const cardNames = new Map(Object.entries(cardStatus).map(([name, value]) => [value as number, name]));

export async function statesOf(db: Db): Promise<States> {
  const states: States = new Map();
  const put = (thing: Thing, id: string | number, status: string) => states.set(`${thing} ${id}`, status);
  for (const row of await db.selectFrom('orders').select(['id', 'status']).execute()) put('order', row.id, row.status);
  for (const row of await db.selectFrom('payments').select(['id', 'status']).execute())
    put('payment', row.id, row.status);
  for (const row of await db.selectFrom('refunds').select(['refund_no', 'status']).execute()) {
    put('refund', row.refund_no, row.status);
  }
  for (const row of await db.selectFrom('card_keys').select(['id', 'status']).execute()) {
    put('card', row.id, cardNames.get(row.status) ?? `unnamed ${row.status}`);
  }
  for (const row of await db.selectFrom('review_cases').select(['id', 'status']).execute())
    put('review', row.id, row.status);
  return states;
}

export interface Transition {
  thing: Thing;
  from: string;
  to: string;
}

export const named = ({ thing, from, to }: Transition): string => `${thing}: ${from} -> ${to}`;

export function transitionsBetween(before: States, after: States): Transition[] {
  return [...after].flatMap(([key, to]) => {
    const from = before.get(key);
    if (from === undefined || from === to) return [];
    return [{ thing: key.split(' ')[0] as Thing, from, to }];
  });
}
