/**
 * Tells followers when an order changed. Nudges of this process arrive at once; changes made by other processes are found
 * by asking for the versions of all followed orders in one query every half second.
 */
import type { Context } from '../context.ts';
import type { Order } from '../order/order.ts';
import { readOrders, readVersions } from '../order/order-store.ts';

type Listener = (order: Order) => void;

export interface OrderWatch {
  follow(orderId: string, version: number, listener: Listener): () => void;
  full(): boolean;
  close(): void;
}

const pollMs = 500;
/** Streams held open by this process; past it the page polls instead. */
const maxFollowed = 5000;

export function createOrderWatch({ database, nudges, log }: Pick<Context, 'database' | 'nudges' | 'log'>): OrderWatch {
  const followed = new Map<string, { version: number; listeners: Set<Listener> }>();
  let busy = false;

  async function tell(ids: readonly string[]): Promise<void> {
    for (const order of (await readOrders(database.read, ids)).values()) {
      const entry = followed.get(order.id);
      if (!entry || order.version <= entry.version) continue;
      entry.version = order.version;
      for (const listener of entry.listeners) listener(order);
    }
  }

  async function poll(): Promise<void> {
    if (busy || followed.size === 0) return;
    busy = true;
    try {
      const versions = await readVersions(database.read, [...followed.keys()]);
      await tell(
        versions.filter(({ id, version }) => version > (followed.get(id)?.version ?? version)).map(({ id }) => id),
      );
    } catch (error) {
      log.debug({ err: error }, 'order watch could not ask');
    } finally {
      busy = false;
    }
  }

  const timer = setInterval(() => void poll(), pollMs);
  timer.unref();
  const unsubscribe = nudges.listen('order', (id) => {
    if (followed.has(id)) tell([id]).catch((error) => log.debug({ err: error }, 'order watch could not ask'));
  });

  return {
    follow(orderId, version, listener) {
      const entry = followed.get(orderId) ?? { version, listeners: new Set<Listener>() };
      entry.listeners.add(listener);
      followed.set(orderId, entry);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size === 0) followed.delete(orderId);
      };
    },
    full: () => followed.size >= maxFollowed,
    close() {
      clearInterval(timer);
      unsubscribe();
    },
  };
}
