import { deleteExpiredSessions } from '../../account/session-store.ts';
import { forgetOldTickets } from '../../degrade/ticket-store.ts';
import { forgetExpiredAccess } from '../../order/order-access-store.ts';
import type { Scan } from './scan.ts';

/** A ticket that was settled leads to its order for so long; the order itself stays. */
const ticketsKeptMs = 90 * 24 * 3_600_000;

export const forgetExpiredScan: Scan = {
  name: 'forget-expired',
  says: 'Deletes links to orders, tickets and sessions whose time is over.',
  everyMs: 3_600_000,
  runsOn: 'leader',
  async run(deps) {
    const now = deps.clock.now();
    const links = await deps.database.transact('order.forget-access', async (tx) => {
      await deps.confirm(tx);
      return forgetExpiredAccess(tx, now);
    });
    const sessions = await deps.database.transact('session.forget', (tx) => deleteExpiredSessions(tx, now));
    const tickets = await deps.database.transact('ticket.forget', async (tx) => {
      await deps.confirm(tx);
      return forgetOldTickets(tx, now - ticketsKeptMs);
    });
    const gone = links + sessions + tickets;
    return { found: gone, mended: gone };
  },
};
