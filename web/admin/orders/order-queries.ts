import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listOrders, type OrderSearch, orderTimeline, showOrder } from './orders-api.ts';

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

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id, 'timeline'],
    queryFn: ({ signal }) => orderTimeline(id, signal),
    refetchInterval: 5_000,
  });
