/**
 * Named places where a crash would hurt most. In normal life passing one costs a comparison; when armed
 * (CARDWELL_CRASH_AT, refused in production) the process kills itself there, as a power cut would.
 * test/faults/crashes.test.ts arms each in turn and fails if one is never reached.
 */
export const checkpoints = [
  'order.before-commit',
  'order.after-commit',
  'settle.before-commit',
  'settle.after-commit', // money and cards are on record, the issue journal is not written yet
  'settle.after-journal', // journalled, not yet acknowledged to the channel
  'issue.before-show', // journalled, the buyer has not seen the cards yet
  'payment.before-commit',
  'payment.after-commit',
  'refund.before-channel', // the refund number is on record, the channel has not been asked
  'refund.after-channel', // the channel refunded, we have not written it down
  'outbox.before-send',
  'outbox.after-send', // the message is out, the row still says pending
  'import.after-chunk',
  'expire.after-commit',
  'intent.after-record', // an order is on disk while the database is away, the buyer has no ticket yet
  'intent.after-apply', // replayed, the journal of intents does not know it yet
  'intent.after-done',
] as const;
export type Checkpoint = (typeof checkpoints)[number];

let armed: Checkpoint | undefined;
let remaining = 0;

/** @param nth crash at the nth passing, 1 = the first */
export function armCheckpoint(name: Checkpoint, nth = 1): void {
  armed = name;
  remaining = nth;
}

export function passCheckpoint(name: Checkpoint): void {
  if (armed !== name || --remaining > 0) return;
  process.kill(process.pid, 'SIGKILL');
}
