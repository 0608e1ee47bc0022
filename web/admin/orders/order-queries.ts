import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listOrders, type OrderSearch, orderTimeline, showForm, showOrder } from './orders-api.ts';

export const ordersQuery = (search: OrderSearch) =>
  infiniteQueryOptions({
    queryKey: ['orders', search],
    queryFn: ({ pageParam, signal }) => listOrders(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: ({ signal }) => showOrder(id, signal),
    // Callbacks and workers change an order while it is looked at.
    refetchInterval: 5_000,
  });

/** What buyers answered never changes. */
export const formQuery = (id: string) =>
  queryOptions({
    queryKey: ['form', id],
    queryFn: ({ signal }) => showForm(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id, 'timeline'],
    queryFn: ({ signal }) => orderTimeline(id, signal),
    refetchInterval: 5_000,
  });
