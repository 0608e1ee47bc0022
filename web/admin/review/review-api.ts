/** What the review queue asks of the administration API. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type {
  ResolveBody,
  ResolveManyReply,
  ReviewCaseView,
  ReviewList,
  ReviewReply,
} from '../../../contract/admin-orders.ts';
import type { ResolutionAction } from '../../../contract/states.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export type ReviewCase = Static<typeof ReviewCaseView>;

const listCases = (
  search: { status?: string | undefined; kind?: string | undefined },
  before: number | undefined,
  signal: AbortSignal,
) => call<Static<typeof ReviewList>>(`/review-cases${searchText({ ...search, before })}`, { signal });
export const casesQuery = (search: { status: string; kind?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['review-cases', search],
    queryFn: ({ pageParam, signal }) => listCases(search, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const resolveCase = (id: number, body: Static<typeof ResolveBody>) =>
  call<Static<typeof ReviewReply>>(`/review-cases/${id}/resolve`, { method: 'POST', body });
export const resolveCases = (ids: readonly number[], action: ResolutionAction, reason: string) =>
  call<Static<typeof ResolveManyReply>>('/review-cases/resolve', { method: 'POST', body: { ids, action, reason } });
