import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listBatches, listCards, showStock } from './cards-api.ts';

export const stockQuery = (skuId: number) =>
  queryOptions({ queryKey: ['cards', skuId, 'stock'], queryFn: ({ signal }) => showStock(skuId, signal) });

export const cardsQuery = (skuId: number, status: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['cards', skuId, 'list', status],
    queryFn: ({ pageParam, signal }) => listCards({ skuId, status }, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const offShelfQuery = (status: 'quarantined' | 'withdrawn') =>
  infiniteQueryOptions({
    queryKey: ['cards', 'off', status],
    queryFn: ({ pageParam, signal }) => listCards({ status }, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const batchesQuery = (skuId: number) =>
  infiniteQueryOptions({
    queryKey: ['cards', skuId, 'batches'],
    queryFn: ({ pageParam, signal }) => listBatches(skuId, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
