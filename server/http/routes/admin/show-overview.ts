import { Overview, type OverviewChannel, OverviewQuery, overviewLimits } from '../../../../contract/admin-overview.ts';
import type { Context } from '../../../context.ts';
import type { ChannelEntry } from '../../../payment/channel-book.ts';
import { createOverview, type ShopFigures } from '../../../reconcile/overview/shop-overview.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

export function showOverviewRoute(app: App, context: Context): void {
  const figuresOf = createOverview(context);
  const schema = {
    operationId: 'adminShowOverview',
    tags: ['admin: shop'],
    summary: 'How the shop does: orders, revenue, channels, stock, open cases, health',
    querystring: OverviewQuery,
    response: { 200: Overview },
  };
  app.get('/api/admin/v1/overview', { config: { action: 'overview.read' }, schema }, async ({ query }) => {
    const rangeMs = query.to - query.from;
    if (rangeMs <= 0 || rangeMs > overviewLimits.rangeMs || rangeMs / query.stepMs > overviewLimits.buckets)
      throw new ProblemError('invalid_request', '`to` must come after `from`, within 400 days and 800 buckets.');
    const { outbox, ...figures } = await figuresOf(query);
    const { mode, since, waiting } = context.degrade.status();
    return {
      ...figures,
      channels: channelsOf(figures, context.channels.entries()),
      system: { mode, since, recorded: waiting, outbox },
    };
  });
}

/** Those that are set up, and those that only the books remember. */
function channelsOf({ channels }: Pick<ShopFigures, 'channels'>, entries: readonly ChannelEntry[]): OverviewChannel[] {
  const known = entries.map((entry) => ({
    code: entry.code,
    nameZh: entry.row?.nameZh || (entry.channel?.name.zh ?? entry.code),
    nameEn: entry.row?.nameEn || (entry.channel?.name.en ?? entry.code),
    state: stateOf(entry),
    attempts: channels.get(entry.code)?.attempts ?? 0,
    succeeded: channels.get(entry.code)?.succeeded ?? 0,
  }));
  const codes = new Set(known.map(({ code }) => code));
  const gone = [...channels.values()]
    .filter(({ channel }) => !codes.has(channel))
    .map(({ channel: code, ...counts }) => ({ code, nameZh: code, nameEn: code, state: 'off' as const, ...counts }));
  return [...known, ...gone];
}

function stateOf({ fault, block, row }: ChannelEntry): OverviewChannel['state'] {
  if (fault !== null) return 'fault';
  if (block?.blockedBy) return 'blocked';
  return row && !row.enabled ? 'off' : 'works';
}
