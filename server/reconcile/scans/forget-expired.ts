import { deleteExpiredSessions } from '../../account/session-store.ts';
import { forgetOldTickets } from '../../degrade/ticket-store.ts';
import { forgetDeliveries } from '../../delivery/notices/delivery-store.ts';
import { forgetWaits } from '../../delivery/restock/restock-store.ts';
import { forgetExpiredAccess } from '../../order/order-access-store.ts';
import { forgetEvents } from '../../platform/event-store.ts';
import type { Scan } from './scan.ts';

/** A ticket that was settled leads to its order for so long; the order itself stays. */
const ticketsKeptMs = 90 * 24 * 3_600_000;
const noticesKeptMs = 90 * 24 * 3_600_000;
const noticesAtOnce = 5000;
const waitsKeptMs = 30 * 24 * 3_600_000;
const longestWaitMs = 182 * 24 * 3_600_000;

export const forgetExpiredScan: Scan = {
  name: 'forget-expired',
  says: 'Deletes links to orders, tickets, sessions and old notices whose time is over.',
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
    const notices = await deps.database.transact('notices.forget', async (tx) => {
      await deps.confirm(tx);
      const events = await forgetEvents(tx, now - noticesKeptMs, noticesAtOnce);
      const waits = await forgetWaits(tx, { toldMs: now - waitsKeptMs, createdMs: now - longestWaitMs });
      return events + waits + (await forgetDeliveries(tx, now - noticesKeptMs, noticesAtOnce));
    });
    const gone = links + sessions + tickets + notices;
    return { found: gone, mended: gone };
  },
};
