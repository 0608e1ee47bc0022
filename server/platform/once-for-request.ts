/** Makes a change safe to run again when nobody knows whether its first COMMIT arrived (a connection lost just then). */
import { subjectOfRequest } from './audit-store.ts';
import type { Tx } from './db/database.ts';

/**
 * The work of a transaction that records its change in the audit log under `action` and `requestId`. On a second run it looks
 * there first: if the change is in, `done` answers (with the number behind the colon of the subject), and nothing is changed twice.
 */
export function onceForRequest<T>(
  { action, requestId }: { action: string; requestId: string | undefined },
  change: (tx: Tx) => Promise<T>,
  done: (tx: Tx, id: number) => Promise<T>,
): (tx: Tx) => Promise<T> {
  let runs = 0;
  return async (tx) => {
    if (runs++ > 0 && requestId !== undefined) {
      const subject = await subjectOfRequest(tx, action, requestId);
      if (subject !== undefined) return done(tx, Number(subject.split(':')[1]));
    }
    return change(tx);
  };
}
