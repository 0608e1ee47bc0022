import { requeue } from '../../delivery/outbox-store.ts';
import { unsentRefunds } from './refund-due-store.ts';
import type { Scan } from './scan.ts';

const atOnce = 200;

export const refundsDueScan: Scan = {
  name: 'refunds-due',
  says: 'Puts refunds back into the outbox that are owed but have no message waiting there.',
  everyMs: 60_000,
  runsOn: 'leader',
  async run(deps) {
    const { database, clock } = deps;
    const numbers = await unsentRefunds(database.read, clock.now(), atOnce);
    if (numbers.length === 0) return { found: 0, mended: 0 };
    const messages = numbers.map((refundNo) => ({ id: `refund:${refundNo}`, topic: 'refund', payload: { refundNo } }));
    const mended = await database.transact('refund.requeue', async (tx) => {
      await deps.confirm(tx);
      return requeue(tx, messages, clock.now());
    });
    deps.nudges.send('outbox', 'refund');
    return { found: numbers.length, mended };
  },
};
