/**
 * What is recorded while the database is away: an order that somebody wants, or money that a channel has proved. Everything
 * random is in it, so that replaying it any number of times gives one order or one payment.
 */
export interface Intent {
  /** An order: the number it will have. A callback: its channel and trade, hashed. */
  id: string;
  kind: 'order' | 'callback';
  /** 1, and one more each time a person has it tried again. */
  round: number;
  /** UTC milliseconds. */
  at: number;
  /** For orders: what opens the ticket, and what tells a repeated request. Only hashes and a salt. */
  ticket: Ticket | null;
  payload: unknown;
}

export interface Ticket {
  tokenHash: string;
  salt: string;
  /** Of the client's Idempotency-Key; null without one. */
  keyHash: string | null;
  requestHash: string;
  /** Hashes of contact, address and device, to limit how many each may leave. */
  from: readonly string[];
}

/** What became of it. */
export type IntentOutcome =
  | { as: 'placed'; orderId: string }
  | { as: 'refused'; problem: string }
  | { as: 'settled' }
  /** Set aside for a person. */
  | { as: 'quarantined' }
  | { as: 'dropped' };

/** The lines of the intent journal. Those of one intent may stand in the files of several processes. */
export type IntentRecord =
  | { t: 'intent'; intent: Intent }
  /** Replaying begins. One that is begun again and again and never ends has killed its process. */
  | { t: 'try'; ids: readonly string[] }
  /** The database went away meanwhile: not the fault of these. */
  | { t: 'kept'; ids: readonly string[] }
  | { t: 'done'; id: string; round: number; outcome: IntentOutcome };

export function isIntentRecord(value: unknown): value is IntentRecord {
  const record = value as Partial<Record<string, unknown>> | null;
  switch (record?.t) {
    case 'intent':
      return isIntent(record.intent);
    case 'try':
    case 'kept':
      return Array.isArray(record.ids) && record.ids.every((id) => typeof id === 'string');
    case 'done':
      return typeof record.id === 'string' && Number.isInteger(record.round) && typeof record.outcome === 'object';
    default:
      return false;
  }
}

export function isIntent(value: unknown): value is Intent {
  const intent = value as Partial<Intent> | null;
  if (typeof intent?.id !== 'string' || !Number.isInteger(intent.round) || !Number.isSafeInteger(intent.at))
    return false;
  if (typeof intent.payload !== 'object' || intent.payload === null) return false;
  if (intent.kind === 'callback') return true;
  const { tokenHash, salt, requestHash, from } = intent.ticket ?? {};
  return (
    intent.kind === 'order' &&
    typeof tokenHash === 'string' &&
    typeof salt === 'string' &&
    typeof requestHash === 'string' &&
    Array.isArray(from)
  );
}
