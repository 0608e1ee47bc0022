/** One submit of the checkout, however often it is sent: the same content keeps the same Idempotency-Key. */
import type { PlaceOrderBody } from '../../../contract/shop.ts';
import { randomUuid } from '../../ui/random-uuid.ts';
import { readStored, removeStored, writeStored } from '../../ui/stored-value.ts';

const storageKey = 'cardwell.submission';
interface Submission {
  digest: string;
  key: string;
}
const isSubmission = (value: unknown): value is Submission =>
  typeof (value as Partial<Submission> | null)?.digest === 'string' &&
  typeof (value as Partial<Submission>).key === 'string';

/** Kept over a reload too: a buyer who reloads after a broken connection and submits again must not pay for two orders. */
export function idempotencyKeyFor(body: PlaceOrderBody): string {
  // Prices left out: they may change between two tries of one submit, and it is still that submit.
  const lines = body.lines.map(({ unitPriceMinor: _, ...line }) => line);
  const digest = digestOf(JSON.stringify({ ...body, lines }));
  const known = readStored('session', storageKey, isSubmission);
  if (known?.digest === digest) return known.key;
  const key = randomUuid();
  writeStored('session', storageKey, { digest, key });
  return key;
}

/** The order is made, or the answer was a definite no: the next submit is a new one. */
export const endSubmission = (): void => removeStored('session', storageKey);

/** FNV-1a, twice with different starts: tells bodies apart without keeping the buyer's password in storage. */
function digestOf(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((start) => {
      let hash = start;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      return (hash >>> 0).toString(36);
    })
    .join('.');
}
