/** Requests that come again, in one batch or after it: they get the answer of the first time. */
import type { Tx } from '../platform/db/database.ts';
import { accessToken } from './access-token.ts';
import { existingIds, findByIdempotency, readOrders } from './order-store.ts';
import type { OrderDraft, PlaceOutcome } from './place-orders.ts';

/** A client that sends the same request twice at once may find both in one batch: the first is placed for both. */
export function firstOfEachKey(drafts: readonly OrderDraft[]): OrderDraft[] {
  const seen = new Set<string>();
  return drafts.filter((draft) => {
    if (draft.idempotencyHash === null) return true;
    if (seen.has(draft.idempotencyHash)) return false;
    seen.add(draft.idempotencyHash);
    return true;
  });
}

export function repeatOf(
  draft: OrderDraft,
  firsts: readonly OrderDraft[],
  outcomes: ReadonlyMap<OrderDraft, PlaceOutcome>,
): PlaceOutcome {
  const first = firsts.find((one) => one.idempotencyHash === draft.idempotencyHash) as OrderDraft;
  if (first.requestHash !== draft.requestHash) return { kind: 'idempotency-key-reused' };
  const outcome = outcomes.get(first) as PlaceOutcome;
  if (outcome.kind !== 'placed') return outcome;
  // By its own key: the first may have been recorded earlier, and come without one.
  const token = accessToken(first.access.salt, draft.idempotencyKey ?? '');
  const isFirst = outcome.order.id === first.id;
  return { ...outcome, token: isFirst && draft.idempotencyKey ? token : outcome.token, repeated: true };
}

/** Requests that were answered before get the same answer. */
export async function setRepeatsAside(
  tx: Tx,
  drafts: readonly OrderDraft[],
  outcomes: Map<OrderDraft, PlaceOutcome>,
): Promise<OrderDraft[]> {
  const hashes = drafts.flatMap((draft) => (draft.idempotencyHash ? [draft.idempotencyHash] : []));
  const known = new Map((await findByIdempotency(tx, hashes)).map((row) => [row.idempotency_hash, row]));
  const ids = await existingIds(
    tx,
    drafts.flatMap((draft) => (draft.idempotencyHash ? [] : [draft.id])),
  );
  const orders = await readOrders(tx, [...[...known.values()].map((row) => row.id), ...ids]);
  const fresh: OrderDraft[] = [];
  for (const draft of drafts) {
    const row = draft.idempotencyHash ? known.get(draft.idempotencyHash) : undefined;
    const mine = row ? orders.get(row.id) : orders.get(draft.id);
    if (!mine) fresh.push(draft);
    else if (row && row.request_hash !== draft.requestHash) outcomes.set(draft, { kind: 'idempotency-key-reused' });
    else {
      // An order that was recorded while the database was away comes without the client's key.
      const { idempotencyKey } = draft;
      const token = row && idempotencyKey ? accessToken(row.token_salt, idempotencyKey) : draft.access.token;
      outcomes.set(draft, { kind: 'placed', order: mine, token, repeated: true });
    }
  }
  return fresh;
}
