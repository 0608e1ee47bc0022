/** Pure: figures by bucket, currency and region -> what the overview shows. */
import type { OverviewBucket, Revenue } from '../../../contract/admin-overview.ts';
import type { ChannelCell, OrderCell } from './overview-store.ts';

type Sum = Omit<OverviewBucket, 'at'>;

const nothing = (): Sum => ({ placed: 0, paid: 0, delivered: 0, revenue: [] });

export function sumOrders(cells: readonly OrderCell[]): { total: Sum; buckets: OverviewBucket[] } {
  const total = nothing();
  const buckets = new Map<number, OverviewBucket>();
  for (const cell of [...cells].sort((a, b) => a.at - b.at || (a.currency < b.currency ? -1 : 1))) {
    const bucket = buckets.get(cell.at) ?? { at: cell.at, ...nothing() };
    buckets.set(cell.at, bucket);
    add(bucket, cell);
    add(total, cell);
  }
  total.revenue.sort((a, b) => (a.currency < b.currency ? -1 : 1));
  return { total, buckets: [...buckets.values()] };
}

function add(sum: Sum, cell: OrderCell): void {
  sum.placed += cell.placed;
  sum.paid += cell.paid;
  sum.delivered += cell.delivered;
  // A currency in which nobody has paid is no line of revenue.
  if (cell.receivedMinor === 0 && cell.refundedMinor === 0) return;
  const line = sum.revenue.find(({ currency }) => currency === cell.currency) ?? newLine(sum, cell.currency);
  line.receivedMinor += cell.receivedMinor;
  line.refundedMinor += cell.refundedMinor;
}

function newLine(sum: Sum, currency: string): Revenue {
  const line = { currency, receivedMinor: 0, refundedMinor: 0 };
  sum.revenue.push(line);
  return line;
}

/** The same channel in several regions is one, and so are its days. */
export function sumChannels(cells: readonly Omit<ChannelCell, 'at'>[]): Map<string, Omit<ChannelCell, 'at'>> {
  const channels = new Map<string, Omit<ChannelCell, 'at'>>();
  for (const { channel, attempts, succeeded } of cells) {
    const before = channels.get(channel) ?? { channel, attempts: 0, succeeded: 0 };
    channels.set(channel, {
      channel,
      attempts: before.attempts + attempts,
      succeeded: before.succeeded + succeeded,
    });
  }
  return channels;
}

/** The value that a share of all values does not exceed. @returns 0 without values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
