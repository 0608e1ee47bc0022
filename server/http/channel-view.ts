/** A channel as the administration API shows it: without its secrets. */
import type { AdminChannelView } from '../../contract/admin-channels.ts';
import type { Context } from '../context.ts';
import { type ChannelEntry, takesPayments } from '../payment/channel-book.ts';
import { openingDeps } from '../payment/channels/registry.ts';
import { kindNamed, unsealSettings } from '../payment/open-channel.ts';
import { visibleSettings } from '../platform/setting-fields.ts';

export function channelView(context: Context, entry: ChannelEntry): AdminChannelView {
  const { code, row, channel, fault, block } = entry;
  return {
    code,
    kind: row?.kind ?? channel?.kind ?? '',
    nameZh: row?.nameZh || (channel?.name.zh ?? ''),
    nameEn: row?.nameEn || (channel?.name.en ?? ''),
    enabled: row?.enabled ?? true,
    priority: row?.priority ?? -1000,
    feeBasisPoints: row?.feeBasisPoints ?? 0,
    ...settingsOf(context, entry),
    fixed: row === undefined,
    fault,
    takesPayments: takesPayments(entry),
    blockedBy: block?.blockedBy ?? null,
    blockReason: block?.blockedBy ? block.reason : null,
    blockedSince: block?.blockedBy ? block.since : null,
    notifyUrl: `${context.config.baseUrl}/api/v1/callbacks/${code}`,
    version: row?.version ?? 0,
    createdAt: row?.createdAt ?? null,
    updatedAt: row?.updatedAt ?? null,
  };
}

function settingsOf(context: Context, { row }: ChannelEntry): Pick<AdminChannelView, 'settings' | 'secretsSet'> {
  if (!row || !context.channelKeyring) return { settings: {}, secretsSet: [] };
  try {
    const { kinds } = openingDeps(context);
    return visibleSettings(kindNamed(kinds, row.kind).settings, unsealSettings(row, context.channelKeyring));
  } catch {
    // `fault` says why.
    return { settings: {}, secretsSet: [] };
  }
}
