import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { ChannelsReply } from '../../../contract/shop.ts';
import { useLanguage } from '../../ui/language.ts';
import { requestJson } from '../../ui/request-json.ts';
import { useMay } from '../access/may.ts';
import { channelsQuery } from '../channels/channels-api.ts';

const publicChannels = queryOptions({
  queryKey: ['public-channels'],
  queryFn: async () => (await requestJson<Static<typeof ChannelsReply>>('/api/v1/channels')).channels,
});

/** Codes and names: of all channels for who may see their settings, of those on offer for others. */
export function useChannels(): { code: string; name: string }[] {
  const language = useLanguage();
  const mayRead = useMay()('channels.read');
  const all = useQuery({ ...channelsQuery, refetchInterval: false, enabled: mayRead }).data ?? [];
  const offered = useQuery({ ...publicChannels, enabled: !mayRead }).data ?? [];
  if (!mayRead) return offered.map(({ code, name }) => ({ code, name }));
  return all.map(({ code, nameZh, nameEn }) => ({
    code,
    name: (language === 'zh' ? nameZh : nameEn) || nameZh || code,
  }));
}

export function useChannelName(): (code: string) => string {
  const channels = useChannels();
  return (code) => channels.find((one) => one.code === code)?.name ?? code;
}
