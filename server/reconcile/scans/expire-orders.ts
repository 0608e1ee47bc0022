import { overdueOrderIds, postponeExpiry } from '../../order/order-store.ts';
import { expireOrders } from '../../payment/expire-orders.ts';
import type { Scan, ScanDeps, ScanReport } from './scan.ts';

/** Orders of one transaction; four of them side by side, because each may have to wait for a channel. */
const atOnce = 50;
const sideBySide = 4;
const maxRounds = 50;
/** An order that could not be ended makes room for those behind it. */
const askAgainMs = 30_000;

export const expireOrdersScan: Scan = {
  name: 'expire-orders',
  says: 'Ends unpaid orders whose time has run out, after their channels have agreed, and puts their cards back on sale.',
  everyMs: 5_000,
  runsOn: 'leader',
  async run(deps) {
    const report: ScanReport = { found: 0, mended: 0 };
    for (let round = 0; round < maxRounds && !deps.signal.aborted; round++) {
      const ids = await overdueOrderIds(deps.database.read, deps.clock.now(), atOnce * sideBySide);
      const groups = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, i) =>
        ids.slice(i * atOnce, (i + 1) * atOnce),
      );
      const ended = await Promise.all(groups.map((group) => expire(deps, group)));
      report.found += ids.length;
      report.mended += ended.reduce((sum, count) => sum + count, 0);
      if (ids.length < atOnce * sideBySide) break;
    }
    return report;
  },
};

/** A failure that belongs to one order must not keep the others of its group from ending. */
async function expire(deps: ScanDeps, ids: readonly string[]): Promise<number> {
  try {
    return await expireOrders(deps, ids);
  } catch (error) {
    if (ids.length > 1) {
      let ended = 0;
      for (const id of ids) ended += deps.signal.aborted ? 0 : await expire(deps, [id]);
      return ended;
    }
    const id = ids[0] as string;
    deps.log.error({ err: error, orderId: id }, 'an overdue order could not be ended yet');
    const until = deps.clock.now() + askAgainMs;
    await deps.database.transact('order.hold', (tx) => postponeExpiry(tx, id, until));
    return 0;
  }
}
