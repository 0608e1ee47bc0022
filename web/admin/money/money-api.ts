/** What the money pages ask of the administration API. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Static } from 'typebox';
import type { ReportList, ReportReply } from '../../../contract/admin-channels.ts';
import type {
  PaymentDetail,
  PaymentList,
  PaymentMessages,
  QueryPaymentReply,
  RefundList,
  RefundReply,
  RevenueReply,
} from '../../../contract/admin-money.ts';
import type { Language } from '../../../contract/common.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export interface MoneySearch {
  q?: string | undefined;
  channel?: string | undefined;
  status?: string | undefined;
  /** UTC milliseconds. */
  from?: number | undefined;
  to?: number | undefined;
}
export interface PaymentSearch extends MoneySearch {
  minMinor?: number | undefined;
  maxMinor?: number | undefined;
}

export const paymentsQuery = (search: PaymentSearch) =>
  infiniteQueryOptions({
    queryKey: ['payments', search],
    queryFn: ({ pageParam, signal }) =>
      call<PaymentList>(`/payments${searchText({ ...search, before: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => call<PaymentDetail>(`/payments/${id}`, { signal }),
    refetchInterval: 5_000,
  });

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['payment', id, 'messages'],
    queryFn: async ({ signal }) => (await call<PaymentMessages>(`/payments/${id}/messages`, { signal })).messages,
  });

export const askChannel = (id: string) =>
  call<QueryPaymentReply>(`/payments/${id}/query`, { method: 'POST', timeoutMs: 60_000 });

export const refundsQuery = (search: MoneySearch) =>
  infiniteQueryOptions({
    queryKey: ['refunds', search],
    queryFn: ({ pageParam, signal }) =>
      call<RefundList>(`/refunds${searchText({ ...search, before: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });

export const askRefund = (no: string) =>
  call<Static<typeof RefundReply>>(`/refunds/${encodeURIComponent(no)}/ask`, { method: 'POST' });

export const revenueQuery = (range: { from: number; to: number }) =>
  queryOptions({
    queryKey: ['revenue', range.from, range.to],
    queryFn: async ({ signal }) => (await call<RevenueReply>(`/revenue${searchText(range)}`, { signal })).channels,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export interface BillSearch {
  channel?: string | undefined;
  /** Days as 2026-01-31. */
  from?: string | undefined;
  to?: string | undefined;
  differing?: string | undefined;
}
export const reportsQuery = (search: BillSearch) =>
  queryOptions({
    queryKey: ['reconciliations', search],
    queryFn: ({ signal }) => call<ReportList>(`/reconciliations${searchText({ ...search, limit: 100 })}`, { signal }),
    placeholderData: keepPreviousData,
  });

const reportPath = (channel: string, date: string) => `/reconciliations/${encodeURIComponent(channel)}/${date}`;
type Report = Static<typeof ReportReply>;
export const reportQuery = (channel: string, date: string) =>
  queryOptions({
    queryKey: ['reconciliation', channel, date],
    queryFn: async ({ signal }) => (await call<Report>(reportPath(channel, date), { signal })).report,
  });
/** Fetching a bill is a download from the network. */
export const compareDay = (channel: string, date: string) =>
  call<Report>(reportPath(channel, date), { method: 'POST', timeoutMs: 180_000 });
/** Opened by the browser itself, which saves what comes as a file. */
export const billAddress = (channel: string, date: string, lang: Language) =>
  `/api/admin/v1${reportPath(channel, date)}/bill.csv${searchText({ lang })}`;
export const reportAddress = (channel: string, date: string) => `/api/admin/v1${reportPath(channel, date)}`;
