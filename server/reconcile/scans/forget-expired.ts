import { deleteExpiredSessions } from '../../account/session-store.ts';
import { forgetExpiredAccess } from '../../order/order-access-store.ts';
import type { Scan } from './scan.ts';

export const forgetExpiredScan: Scan = {
  name: 'forget-expired',
  says: 'Deletes links to orders and sessions whose time is over.',
  everyMs: 3_600_000,
  runsOn: 'leader',
  async run(deps) {
    const now = deps.clock.now();
    const links = await deps.database.transact('order.forget-access', async (tx) => {
      await deps.confirm(tx);
      return forgetExpiredAccess(tx, now);
    });
    const sessions = await deps.database.transact('session.forget', (tx) => deleteExpiredSessions(tx, now));
    return { found: links + sessions, mended: links + sessions };
  },
};
