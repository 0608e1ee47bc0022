/** The shop API, one typed function a call. */
import type { ShownLegalText } from '../../contract/appearance.ts';
import type { FormReply } from '../../contract/buyer-fields.ts';
import type { Language } from '../../contract/common.ts';
import type {
  CardsReply,
  ChannelsReply,
  LookupBody,
  LookupReply,
  OrderReply,
  PaymentReply,
  PlaceOrderBody,
  PlaceOrderReply,
  ProductList,
  ProductReply,
} from '../../contract/shop.ts';
import type { ShopInfo } from '../../contract/shop-info.ts';
import type { TicketReceipt, TicketReply } from '../../contract/ticket.ts';
import { requestJson } from '../ui/request-json.ts';
import { deviceId } from './device-id.ts';

const base = '/api/v1';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const orderPath = (id: string) => `${base}/orders/${encodeURIComponent(id)}`;

export interface ProductSearch {
  q?: string | undefined;
  category?: string | undefined;
  page?: number | undefined;
  pageSize?: number | undefined;
  lang: Language;
}

export const getShop = (signal?: AbortSignal) => requestJson<ShopInfo>(`${base}/shop`, { ...(signal && { signal }) });

export const getLegalText = (kind: string, lang: Language, signal?: AbortSignal) =>
  requestJson<ShownLegalText>(`${base}/legal/${encodeURIComponent(kind)}?lang=${lang}`, { ...(signal && { signal }) });

export function listProducts(search: ProductSearch, signal?: AbortSignal): Promise<ProductList> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value) query.set(name, String(value));
  return requestJson(`${base}/products?${query}`, { ...(signal && { signal }) });
}

export const getProduct = (slug: string, lang: Language, signal?: AbortSignal) =>
  requestJson<ProductReply>(`${base}/products/${encodeURIComponent(slug)}?lang=${lang}`, { ...(signal && { signal }) });

export const placeOrder = (body: PlaceOrderBody, idempotencyKey: string) =>
  requestJson<PlaceOrderReply | TicketReceipt>(`${base}/orders`, {
    method: 'POST',
    body,
    headers: { 'idempotency-key': idempotencyKey, 'x-device-id': deviceId() },
    timeoutMs: 30_000,
  });

export const getTicket = (id: string, token: string, signal?: AbortSignal) =>
  requestJson<TicketReply>(`${base}/tickets/${encodeURIComponent(id)}`, {
    headers: bearer(token),
    ...(signal && { signal }),
  });

export const getOrder = (id: string, token: string, signal?: AbortSignal) =>
  requestJson<OrderReply>(orderPath(id), { headers: bearer(token), ...(signal && { signal }) });

export const getCards = (id: string, token: string, signal?: AbortSignal) =>
  requestJson<CardsReply>(`${orderPath(id)}/cards`, { headers: bearer(token), ...(signal && { signal }) });

export const getForm = (id: string, token: string, signal?: AbortSignal) =>
  requestJson<FormReply>(`${orderPath(id)}/form`, { headers: bearer(token), ...(signal && { signal }) });

export const cancelOrder = (id: string, token: string) =>
  requestJson<OrderReply>(`${orderPath(id)}/cancel`, { method: 'POST', headers: bearer(token) });

export const lookUpOrders = (body: LookupBody) =>
  requestJson<LookupReply>(`${base}/orders/lookup`, { method: 'POST', body });

export const listChannels = (signal?: AbortSignal) =>
  requestJson<ChannelsReply>(`${base}/channels`, { ...(signal && { signal }) });

export const startPayment = (id: string, token: string, channel: string) =>
  requestJson<PaymentReply>(`${orderPath(id)}/payments`, {
    method: 'POST',
    headers: bearer(token),
    body: { channel },
    timeoutMs: 30_000,
  });

/** Opened with fetch, not EventSource: the token travels in a header, so it never stands in a log. */
export const openOrderEvents = (id: string, token: string, signal: AbortSignal) =>
  fetch(`${orderPath(id)}/events`, { headers: { ...bearer(token), accept: 'text/event-stream' }, signal });
