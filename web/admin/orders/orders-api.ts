/** What the order pages ask of the administration API. */
import type { Static } from 'typebox';
import type {
  ChangeOrdersReply,
  ConfirmPaymentBody,
  ConfirmPaymentReply,
  OrderDetail,
  OrderList,
  RefundBody,
  RefundsReply,
  ResentReply,
} from '../../../contract/admin-orders.ts';
import type { ProposalView, ReplacedCardsReply } from '../../../contract/admin-replacements.ts';
import type { Timeline } from '../../../contract/admin-timeline.ts';
import type { FormReply } from '../../../contract/buyer-fields.ts';
import type { DeskCards } from '../../../contract/card.ts';
import type { Language } from '../../../contract/common.ts';
import type { OrderReply } from '../../../contract/shop.ts';
import type { BatchAction } from '../../../contract/states.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export interface OrderSearch {
  q?: string | undefined;
  status?: string | undefined;
  /** UTC milliseconds. */
  from?: number | undefined;
  to?: number | undefined;
}
export type OrderDetailReply = Static<typeof OrderDetail>;

export const listOrders = (search: OrderSearch, before: string | undefined, signal: AbortSignal) =>
  call<OrderList>(`/orders${searchText({ ...search, before })}`, { signal });
/** Opened by the browser itself, which saves what comes as a file. */
export const exportAddress = (search: OrderSearch, lang: Language) =>
  `/api/admin/v1/orders.csv${searchText({ ...search, lang })}`;
export const showOrder = (id: string, signal: AbortSignal) => call<OrderDetailReply>(`/orders/${id}`, { signal });
export const orderTimeline = (id: string, signal: AbortSignal) => call<Timeline>(`/orders/${id}/timeline`, { signal });

const reasoned = (path: string) => (id: string, reason: string) =>
  call<Static<typeof OrderReply>>(`/orders/${id}/${path}`, { method: 'POST', body: { reason } });
export const cancelOrder = reasoned('cancel');
export const completeOrder = reasoned('complete');
export const refundOrder = (id: string, body: Static<typeof RefundBody>) =>
  call<Static<typeof RefundsReply>>(`/orders/${id}/refunds`, { method: 'POST', body });
export const replaceCards = (id: string, cardIds: readonly number[], reason: string) =>
  call<Static<typeof ReplacedCardsReply>>(`/orders/${id}/replace-cards`, { method: 'POST', body: { cardIds, reason } });
export const resendMail = (id: string, reason: string) =>
  call<Static<typeof ResentReply>>(`/orders/${id}/resend-mail`, { method: 'POST', body: { reason } });
export const showCards = (id: string, reason: string) =>
  call<DeskCards>(`/cards/orders/${id}/show`, { method: 'POST', body: { reason } });
export const confirmPayment = (id: string, body: Static<typeof ConfirmPaymentBody>) =>
  call<Static<typeof ConfirmPaymentReply>>(`/payments/${id}/confirm`, { method: 'POST', body });
export const withdrawProposal = ({ subject, action }: ProposalView) =>
  call<void>(`/proposals/${subject}/${action}`, { method: 'DELETE' });
export const changeOrders = (ids: readonly string[], action: BatchAction, reason: string) =>
  call<ChangeOrdersReply>('/orders/batch', { method: 'POST', body: { ids, action, reason }, timeoutMs: 120_000 });
export const showForm = async (id: string, signal: AbortSignal) =>
  (await call<FormReply>(`/cards/forms/${id}`, { signal })).lines;
export const deliverLine = (id: string, lineNo: number, content: string) =>
  call<void>(`/cards/deliveries/${id}`, { method: 'POST', body: { lineNo, content } });
