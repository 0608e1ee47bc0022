import { randomUuid } from '../ui/random-uuid.ts';
import { readStored, writeStored } from '../ui/stored-value.ts';

const storageKey = 'cardwell.device';
const isId = (value: unknown): value is string => typeof value === 'string' && value.length === 36;

/** A random number for this browser. Many buyers share an address; with it the shop limits open orders per device. */
export function deviceId(): string {
  const known = readStored('local', storageKey, isId);
  if (known) return known;
  const id = randomUuid();
  writeStored('local', storageKey, id);
  return id;
}
