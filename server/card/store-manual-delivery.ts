/**
 * What a person delivers for an order line. Sealed before the transaction, so that running it again after a commit of
 * unknown outcome finds its own row; the state of the order is changed by the order side in the same transaction.
 */
import type { Tx } from '../platform/db/database.ts';
import { type LetterKey, sealLetter } from '../platform/sealed-letter.ts';
import { isDeliverableText } from './deliverable-text.ts';
import type { Keyring } from './keyring.ts';
import { insertDelivery } from './manual-delivery-store.ts';
import { manualDeliveryOwner } from './seal-owners.ts';

export interface SealedDelivery {
  orderId: string;
  lineNo: number;
  content: Uint8Array;
  keyId: number;
}

/** Undefined when the text is empty, longer than 4096 bytes or holds control characters. */
export function sealManualDelivery(
  { keyring }: { keyring: Keyring },
  { orderId, lineNo, content }: { orderId: string; lineNo: number; content: string },
): SealedDelivery | undefined {
  const text = content.trim();
  if (!isDeliverableText(text)) return undefined;
  const { bytes, keyId } = keyring.seal('manual-delivery', manualDeliveryOwner(orderId, lineNo), text);
  return { orderId, lineNo, content: bytes, keyId };
}

/** For roles without the card key: what an owner's program delivers is sealed so that only the card role reads it again. */
export function sealDeliveryLetter(
  to: LetterKey,
  { orderId, lineNo, content }: { orderId: string; lineNo: number; content: string },
): SealedDelivery {
  const letter = sealLetter(to, 'manual-delivery', manualDeliveryOwner(orderId, lineNo), content);
  return { orderId, lineNo, content: letter, keyId: to.keyId };
}

export async function storeManualDelivery(
  tx: Tx,
  delivery: SealedDelivery,
  by: { actor: string; now: number },
): Promise<{ kind: 'stored' } | { kind: 'already-delivered' }> {
  return (await insertDelivery(tx, delivery, by)) ? { kind: 'stored' } : { kind: 'already-delivered' };
}
