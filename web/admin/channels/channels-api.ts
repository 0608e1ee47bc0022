/** What the channel pages ask of the administration API. */
import { queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type {
  AdminChannelList,
  AdminChannelReply,
  ChannelKindList,
  ChannelTestReply,
  CreateChannelBody,
  UpdateChannelBody,
} from '../../../contract/admin-channels.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

type Reply = Static<typeof AdminChannelReply>;

export const channelsQuery = queryOptions({
  queryKey: ['admin-channels'],
  queryFn: async ({ signal }) => (await call<Static<typeof AdminChannelList>>('/channels', { signal })).channels,
  refetchInterval: 15_000,
});
export const kindsQuery = queryOptions({
  queryKey: ['channel-kinds'],
  queryFn: async ({ signal }) => (await call<Static<typeof ChannelKindList>>('/channel-kinds', { signal })).kinds,
  staleTime: Number.POSITIVE_INFINITY,
});
export type ChannelKind = Static<typeof ChannelKindList>['kinds'][number];

export const createChannel = (body: CreateChannelBody) => call<Reply>('/channels', { method: 'POST', body });
export const updateChannel = (code: string, body: UpdateChannelBody) =>
  call<Reply>(`/channels/${code}`, { method: 'PATCH', body });
export const deleteChannel = (code: string, version: number) =>
  call<void>(`/channels/${code}${searchText({ version })}`, { method: 'DELETE' });
export const testChannel = (code: string) =>
  call<Static<typeof ChannelTestReply>>(`/channels/${code}/test`, { method: 'POST' });
export const setBlocked = (code: string, verb: 'block' | 'unblock', reason: string) =>
  call<Reply>(`/channels/${code}/${verb}`, { method: 'POST', body: { reason } });
