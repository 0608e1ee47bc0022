import type { ChannelBill } from '../../payment/channel.ts';
import { readReport } from '../bills/bill-store.ts';
import { dayOf, reconcileDay } from '../bills/reconcile-day.ts';
import type { Scan, ScanDeps } from './scan.ts';

/** A shop that was away for a weekend catches up. */
const daysBack = 3;

export const reconcileBillsScan: Scan = {
  name: 'reconcile-bills',
  says: 'Compares our books with the bill of each channel as soon as the bill of a day is there, once for each day.',
  everyMs: 10 * 60_000,
  runsOn: 'leader',
  async run(deps) {
    const report = { found: 0, mended: 0 };
    for (const channel of deps.channels.all()) {
      for (const date of channel.bill ? datesReady(deps, channel.bill) : []) {
        if (deps.signal.aborted || (await readReport(deps.database.read, channel.code, date))) continue;
        report.found++;
        const outcome = await reconcileDay(deps, channel, date);
        if (outcome.kind === 'compared') report.mended++;
        if (outcome.kind === 'compared' && !outcome.report.ok)
          deps.log.error(
            { channel: channel.code, date, differences: outcome.report.differences.length, event: 'bill.differs' },
            'the bill of a payment channel and our books differ',
          );
        if (outcome.kind === 'failed')
          deps.log.warn({ channel: channel.code, date, reason: outcome.reason }, 'no bill yet');
      }
    }
    return report;
  },
};

/** Newest first. */
export function datesReady(deps: Pick<ScanDeps, 'clock'>, bill: Omit<ChannelBill, 'fetch'>): string[] {
  const now = deps.clock.now();
  const today = new Date(now + bill.dayOffsetMinutes * 60_000);
  const dates = Array.from({ length: daysBack }, (_, back) =>
    new Date(today.getTime() - (back + 1) * 86_400_000).toISOString().slice(0, 10),
  );
  return dates.filter((date) => dayOf(date, bill.dayOffsetMinutes).to + bill.readyAfterMs <= now);
}
