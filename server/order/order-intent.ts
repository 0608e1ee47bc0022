/** An order as it is recorded while the database is away, and the same order as it enters the batch later. */
import type { Intent } from '../degrade/intent.ts';
import { sha256 } from '../platform/ids.ts';
import type { OrderDraft } from './place-orders.ts';

/** Neither the access token nor the client's key: whoever reads the journal opens no order with it. */
type Recorded = Omit<OrderDraft, 'access' | 'idempotencyKey'>;

export function orderIntent(draft: OrderDraft, now: number): Intent {
  const { access, idempotencyKey: _, ...recorded } = draft;
  const payload: Recorded = recorded;
  return {
    id: draft.id,
    kind: 'order',
    round: 1,
    at: now,
    ticket: {
      tokenHash: access.tokenHash,
      salt: access.salt,
      keyHash: draft.idempotencyHash,
      requestHash: draft.requestHash,
      from: [
        `contact ${sha256(draft.contactKey)}`,
        `address ${draft.clientKey}`,
        ...(draft.deviceKey ? [`device ${draft.deviceKey}`] : []),
      ],
    },
    payload,
  };
}

export function draftOf({ id, ticket, payload }: Intent): OrderDraft {
  const recorded = payload as Recorded;
  if (!ticket || recorded.id !== id || !Array.isArray(recorded.wanted)) throw new Error(`intent ${id} holds no order`);
  const access = { token: '', tokenHash: ticket.tokenHash, salt: ticket.salt };
  return { ...recorded, couponCode: recorded.couponCode ?? undefined, access, idempotencyKey: undefined };
}
