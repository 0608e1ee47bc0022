/** A person has decided about a quarantined entry: it is tried once more, or it is over. */
import type { IntentBook } from './intent-book.ts';
import type { Quarantined } from './quarantine.ts';

export type RetryOutcome = 'queued' | 'dropped' | 'unreadable';

export async function retryQuarantined(
  book: IntentBook,
  entry: Quarantined,
  decision: 'retry' | 'drop',
): Promise<RetryOutcome> {
  const { intent } = entry;
  if (decision === 'drop') {
    // A round further, so that it also ends one that was queued again meanwhile.
    const round = (intent?.round ?? 1) + 1;
    await book.dropped(entry.id, round);
    await book.quarantine.remove(entry.id);
    return 'dropped';
  }
  if (!intent) return 'unreadable';
  // In the queue first, out of quarantine then: a crash in between leaves it in both, and the queue decides.
  await book.again({ ...intent, round: intent.round + 1 });
  await book.quarantine.remove(entry.id);
  return 'queued';
}
