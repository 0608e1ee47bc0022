/** What the pages of notices ask of the administration API. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type {
  CreateNoticeTargetBody,
  NoticeDeliveryList,
  NoticeTargetList,
  NoticeTargetReply,
  NoticeTestReply,
  NotifierKindList,
  RetriedReply,
  UpdateNoticeTargetBody,
} from '../../../contract/admin-notices.ts';
import type { RestockWaitList } from '../../../contract/restock.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

type Reply = Static<typeof NoticeTargetReply>;

export const targetsQuery = queryOptions({
  queryKey: ['notice-targets'],
  queryFn: async ({ signal }) => (await call<Static<typeof NoticeTargetList>>('/notices/targets', { signal })).targets,
});
export const noticeKindsQuery = queryOptions({
  queryKey: ['notice-kinds'],
  queryFn: ({ signal }) => call<Static<typeof NotifierKindList>>('/notices/kinds', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
export type NotifierKind = Static<typeof NotifierKindList>['kinds'][number];
export type TellableEvent = Static<typeof NotifierKindList>['events'][number];

export const deliveriesQuery = (status: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['notice-deliveries', status],
    queryFn: ({ pageParam, signal }) =>
      call<Static<typeof NoticeDeliveryList>>(`/notices/deliveries${searchText({ status, before: pageParam })}`, {
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 5_000,
  });

export const waitsQuery = (lang: 'zh' | 'en') =>
  queryOptions({
    queryKey: ['restock-waits', lang],
    queryFn: async ({ signal }) =>
      (await call<Static<typeof RestockWaitList>>(`/restock-waits${searchText({ lang })}`, { signal })).waits,
  });

export const createTarget = (body: CreateNoticeTargetBody) => call<Reply>('/notices/targets', { method: 'POST', body });
export const updateTarget = (id: number, body: UpdateNoticeTargetBody) =>
  call<Reply>(`/notices/targets/${id}`, { method: 'PATCH', body });
export const deleteTarget = (id: number, version: number) =>
  call<void>(`/notices/targets/${id}${searchText({ version })}`, { method: 'DELETE' });
export const testTarget = (id: number) =>
  call<Static<typeof NoticeTestReply>>(`/notices/targets/${id}/test`, { method: 'POST' });
export const retryNotices = (ids?: number[]) =>
  call<Static<typeof RetriedReply>>('/notices/deliveries/retry', { method: 'POST', body: ids ? { ids } : {} });
