import type { AdminChannelView } from '../../../contract/admin-channels.ts';
import { StatusBadge } from '../list/status-badge.tsx';
import { useChannelTexts } from './channel-texts.ts';

export function ChannelState({ channel }: { channel: AdminChannelView }) {
  const t = useChannelTexts();
  if (channel.fault !== null) return <StatusBadge tone="bad">{t('state.fault')}</StatusBadge>;
  if (channel.blockedBy !== null) return <StatusBadge tone="bad">{t('state.blocked')}</StatusBadge>;
  if (!channel.enabled) return <StatusBadge tone="calm">{t('state.off')}</StatusBadge>;
  if (channel.fixed) return <StatusBadge tone="wait">{t('state.sandbox')}</StatusBadge>;
  return <StatusBadge tone="good">{t('state.works')}</StatusBadge>;
}
