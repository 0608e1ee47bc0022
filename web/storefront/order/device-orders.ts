/** Orders made or opened on this device, with the key to each, newest first. */
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../../ui/stored-value.ts';
import type { CartLine } from '../cart/line.ts';

export interface DeviceOrder {
  id: string;
  token: string;
  savedAtMs: number;
  /** What was ordered, to order it again; unknown for an order opened by its link. */
  lines: CartLine[];
  /** Recorded by the shop and not placed yet: it has a page of its own. */
  isTicket?: boolean;
}

const storageKey = 'cardwell.orders';
const keptOrders = 50;

const isOrder = (value: unknown): value is DeviceOrder => {
  const order = value as Partial<DeviceOrder> | null;
  return typeof order?.id === 'string' && typeof order.token === 'string' && Array.isArray(order.lines);
};
const isOrders = (value: unknown): value is DeviceOrder[] => Array.isArray(value) && value.every(isOrder);

const load = (): DeviceOrder[] => readStored('local', storageKey, isOrders) ?? [];
let orders = load();
const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};

window.addEventListener('storage', (event) => {
  if (event.key !== storageKey && event.key !== null) return;
  orders = load();
  notify();
});

function save(changed: DeviceOrder[]): void {
  orders = changed.slice(0, keptOrders);
  writeStored('local', storageKey, orders);
  notify();
}

export function rememberOrder(order: DeviceOrder): void {
  // Another tab may have added one since: start from what is stored.
  orders = load();
  save([order, ...orders.filter((known) => known.id !== order.id)]);
}

export function rememberToken(id: string, token: string): void {
  const known = orders.find((order) => order.id === id);
  if (known?.token === token) return;
  rememberOrder({ id, token, savedAtMs: known?.savedAtMs ?? Date.now(), lines: known?.lines ?? [] });
}

export const forgetOrder = (id: string): void => save(load().filter((order) => order.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useDeviceOrders = (): readonly DeviceOrder[] => useSyncExternalStore(subscribe, () => orders);
export const useDeviceOrder = (id: string): DeviceOrder | undefined =>
  useDeviceOrders().find((order) => order.id === id);

/** The address that opens an order anywhere. */
export const orderLink = (id: string, token: string): string =>
  `${location.origin}/orders/${id}#t=${encodeURIComponent(token)}`;
