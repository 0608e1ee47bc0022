import { type ChannelRevenue, RevenueQuery, RevenueReply, revenueRangeMs } from '../../../../contract/admin-money.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { netOf } from '../../../reconcile/money/net-money.ts';
import { type RevenueCell, revenueCells } from '../../../reconcile/money/revenue-store.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showRevenueRoute(app: App, context: Context): void {
  const schema = {
    operationId: 'adminShowRevenue',
    tags: ['admin: money'],
    summary: 'What came in through each channel, went back, was kept as a fee, and is left; 400 days at most',
    querystring: RevenueQuery,
    response: { 200: RevenueReply, 400: Problem },
  };
  app.get('/api/admin/v1/revenue', { config: { action: 'revenue.read' }, schema }, async ({ query: { from, to } }) => {
    if (to <= from || to - from > revenueRangeMs)
      throw new ProblemError('invalid_request', '`to` must come after `from`, within 400 days.');
    const cells = await revenueCells(context.database.lagging, { from, to });
    const channels = cells.map((cell) => lineOf(context, cell));
    return { from, to, channels: channels.sort((a, b) => b.netMinor - a.netMinor || (a.code < b.code ? -1 : 1)) };
  });
}

function lineOf({ channels }: Context, cell: RevenueCell): ChannelRevenue {
  const { channel: code, unbilledMinor: _, ...money } = cell;
  const entry = channels.entries().find((one) => one.code === code);
  const feeBasisPoints = entry?.row?.feeBasisPoints ?? 0;
  return {
    code,
    nameZh: entry?.row?.nameZh || (entry?.channel?.name.zh ?? code),
    nameEn: entry?.row?.nameEn || (entry?.channel?.name.en ?? code),
    feeBasisPoints,
    ...money,
    ...netOf(cell, feeBasisPoints),
  };
}
