import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Language } from '../../contract/common.ts';
import * as api from './api.ts';

/** Stock is shown live: it is asked again while the page is looked at. */
const stockRefreshMs = 15_000;

export const shopQuery = queryOptions({
  queryKey: ['shop'],
  queryFn: ({ signal }) => api.getShop(signal),
  staleTime: 5 * 60_000,
  // Whether orders are only recorded now: the buyer should know before the checkout, and when it is over.
  refetchInterval: ({ state }) => (state.data?.recording ? 5_000 : 30_000),
});

export const productsQuery = (search: api.ProductSearch) =>
  queryOptions({
    queryKey: ['products', search],
    queryFn: ({ signal }) => api.listProducts(search, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export const productQuery = (slug: string, lang: Language) =>
  queryOptions({
    queryKey: ['product', slug, lang],
    queryFn: async ({ signal }) => (await api.getProduct(slug, lang, signal)).product,
    refetchInterval: stockRefreshMs,
  });

const noChannelPollMs = 5_000;

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await api.listChannels(signal)).channels,
  staleTime: 30_000,
  // Where there is none now, one may be back in a moment: a channel that failed opens by itself.
  refetchInterval: ({ state }) => (state.data?.length === 0 ? noChannelPollMs : false),
});

export const orderKey = (id: string) => ['order', id] as const;

/** What was answered never changes. */
export const formQuery = (id: string, token: string) =>
  queryOptions({
    queryKey: ['form', id],
    queryFn: async ({ signal }) => (await api.getForm(id, token, signal)).lines,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const cardsQuery = (id: string, token: string, deliveredLines: number) =>
  queryOptions({
    // A further line delivered is a different answer.
    queryKey: ['cards', id, deliveredLines],
    queryFn: async ({ signal }) => (await api.getCards(id, token, signal)).cards,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
