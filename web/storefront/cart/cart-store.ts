/** The cart: kept in this browser, the same in all its tabs. */
import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../../ui/stored-value.ts';
import type { CartLine } from './line.ts';

const storageKey = 'cardwell.cart';

const isLine = (value: unknown): value is CartLine => {
  const line = value as Partial<CartLine> | null;
  return Number.isSafeInteger(line?.skuId) && Number.isSafeInteger(line?.quantity) && typeof line?.slug === 'string';
};
const isLines = (value: unknown): value is CartLine[] => Array.isArray(value) && value.every(isLine);

const load = (): CartLine[] => readStored('local', storageKey, isLines) ?? [];
let lines = load();
const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};

window.addEventListener('storage', (event) => {
  if (event.key !== storageKey && event.key !== null) return;
  lines = load();
  notify();
});

export function updateCart(change: (lines: readonly CartLine[]) => CartLine[]): void {
  lines = change(lines);
  writeStored('local', storageKey, lines);
  notify();
}

export function useCart(): readonly CartLine[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lines,
  );
}
