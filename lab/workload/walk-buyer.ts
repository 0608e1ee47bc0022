/**
 * One buyer, from where they stand to the end. A request that gets no or a passing answer is sent again with the same
 * Idempotency-Key, as the shop's page does; that it had to be is on record.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CardsReply,
  LookupReply,
  OrderReply,
  OrderView,
  PaymentReply,
  PaymentView,
  PlaceOrderReply,
} from '../../contract/shop.ts';
import type { TicketReceipt, TicketReply } from '../../contract/ticket.ts';
import type { Answered, Asked, FrontDoor } from './front-door.ts';
import type { BuyerRecord, Outcome, Trade } from './history.ts';
import type { Till } from './tills.ts';

export interface Errand {
  door: FrontDoor;
  till: Till;
  /** Where a buyer goes whose way to pay is out of order. */
  otherTill: Till;
  slug: string;
  pausesMs: number;
  /** Gives up for now when it is past. By performance.now(). */
  patienceEndsMs: number;
}

const firstWaitMs = 300;
const longestWaitMs = 2000;
const looksEveryMs = 250;
const finalNos = new Set(['sold_out', 'sku_unavailable', 'ticket_expired']);

const expect =
  (wanted: number) =>
  ({ status }: { status: number }): Outcome =>
    status === wanted ? 'ok' : 'fail';

/** @returns whether all that this buyer came for is done */
export async function walkBuyer(buyer: BuyerRecord, errand: Errand): Promise<boolean> {
  const walk = walkOf(buyer, errand);
  if (buyer.behaviour === 'looks') return walk.look();
  if (!buyer.order && !buyer.ticket && buyer.number % 2 === 0) await walk.look();
  const payment = await walk.order();
  if (buyer.refused) return true;
  if (!buyer.order) return false;
  if (buyer.behaviour === 'cancels') return walk.cancel();
  if (buyer.behaviour === 'asks-again') await walk.order();
  if (buyer.behaviour === 'comes-back' && !buyer.trade?.paid) await sleep(errand.pausesMs);
  if (!(await walk.pay(payment))) return false;
  if (!(await walk.readCards())) return false;
  if (buyer.behaviour === 'asks-again') return (await walk.pay(payment)) && walk.readCards();
  return buyer.behaviour === 'looks-up' ? walk.lookUp() : true;
}

function walkOf(buyer: BuyerRecord, { door, otherTill, slug, patienceEndsMs, ...errand }: Errand) {
  let { till } = errand;
  const bearer = () => ({ authorization: `Bearer ${(buyer.order ?? buyer.ticket)?.token}` });
  const mayWait = () => performance.now() < patienceEndsMs;
  const once = <T>(asked: Asked, judge: Parameters<FrontDoor['ask']>[2]) => door.ask<T>(buyer.number, asked, judge);

  /** Again, with growing pauses, until there is an answer or patience ends. */
  async function insist<T>(asked: Asked, judge: Parameters<FrontDoor['ask']>[2]): Promise<Answered<T>> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      const answer = await once<T>(asked, judge);
      const passing = answer.outcome === 'unknown' || (answer.outcome === 'fail' && isPassing(answer.status));
      if (!passing || !mayWait()) return answer;
      await sleep(waitMs);
    }
  }

  function saw(order: OrderView): void {
    if (buyer.statuses.at(-1) !== order.status) buyer.statuses.push(order.status);
  }

  async function placed({ order, accessToken, payment }: PlaceOrderReply): Promise<PaymentView | undefined> {
    buyer.order ??= { id: order.id, token: accessToken, totalMinor: order.totalMinor };
    saw(order);
    return payment ?? begin();
  }

  async function begin(): Promise<PaymentView | undefined> {
    if (!buyer.order) return undefined;
    const path = `/api/v1/orders/${buyer.order.id}/payments`;
    const asked: Asked = { kind: 'begin', method: 'POST', path, headers: bearer(), body: { channel: till.code } };
    // A paid order needs no second payment: whoever asks after the money has arrived is told no. A network that is out of
    // order is a no that names the way on: another one.
    const judge = ({ status, text }: { status: number; text: string }): Outcome => {
      if (status === 201) return 'ok';
      const isOutOfOrder = status === 503 && text.includes('"channel_unavailable"') && till !== otherTill;
      return isOutOfOrder || (status === 409 && buyer.trade?.paid) ? 'no' : 'fail';
    };
    const { outcome, status, body } = await insist<PaymentReply>(asked, judge);
    if (outcome === 'ok') return body.payment;
    if (outcome !== 'no' || status !== 503) return undefined;
    till = otherTill;
    return begin();
  }

  /** Follows what was only recorded until it is an order. */
  async function followTicket(ticket: { id: string; token: string }): Promise<PaymentView | undefined> {
    while (mayWait()) {
      const asked: Asked = { kind: 'ticket', path: `/api/v1/tickets/${ticket.id}`, headers: bearer() };
      const { outcome, body } = await insist<TicketReply>(asked, expect(200));
      if (outcome !== 'ok') return undefined;
      const { status, order, problem } = body.ticket;
      if (status === 'placed' && order) return placed({ order, accessToken: ticket.token });
      if (status === 'refused') {
        buyer.refused = problem?.code ?? 'refused';
        return undefined;
      }
      await sleep(looksEveryMs * 2);
    }
    return undefined;
  }

  return {
    async look() {
      const list = await insist({ kind: 'catalogue', path: '/api/v1/products' }, expect(200));
      const one = await insist({ kind: 'product', path: `/api/v1/products/${slug}` }, expect(200));
      return list.outcome === 'ok' && one.outcome === 'ok';
    },

    async order(): Promise<PaymentView | undefined> {
      if (buyer.ticket && !buyer.order) return followTicket(buyer.ticket);
      const { skuId, quantity, contact, lookupPassword, key } = buyer;
      const asked: Asked = {
        kind: 'place',
        method: 'POST',
        path: '/api/v1/orders',
        headers: { 'idempotency-key': key },
        body: { lines: [{ skuId, quantity }], contact, channel: till.code, ...(lookupPassword && { lookupPassword }) },
      };
      const judge = ({ status, text }: { status: number; text: string }): Outcome => {
        if (status === 201) return 'ok';
        if (status === 202) return 'recorded';
        return status === 409 && [...finalNos].some((code) => text.includes(code)) ? 'no' : 'fail';
      };
      const { outcome, body, problem } = await insist<PlaceOrderReply & TicketReceipt>(asked, judge);
      if (outcome === 'no') buyer.refused = problem?.code ?? 'no';
      if (outcome === 'recorded') {
        buyer.ticket = { id: body.ticket.id, token: body.ticket.token };
        return followTicket(buyer.ticket);
      }
      return outcome === 'ok' ? placed(body) : undefined;
    },

    async pay(payment: PaymentView | undefined) {
      if (payment && buyer.trade?.outTradeNo !== payment.outTradeNo) buyer.trade ??= tradeOf(buyer, payment);
      const { trade } = buyer;
      if (!trade) return false;
      const of = payment ?? ({ action: { type: 'transfer', text: '', lines: [] } } as unknown as PaymentView);
      for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
        if (await till.pay(buyer, trade, of)) return true;
        if (!mayWait()) return false;
        await sleep(waitMs);
      }
    },

    async readCards() {
      const { order } = buyer;
      if (!order) return false;
      const shown: Asked = { kind: 'show', path: `/api/v1/orders/${order.id}`, headers: bearer() };
      for (;;) {
        const { outcome, body } = await insist<OrderReply>(shown, expect(200));
        if (outcome !== 'ok') return false;
        saw(body.order);
        if (body.order.status === 'delivered') break;
        // Its end is somebody's decision now: the money is safe, the cards are not for waiting.
        if (['review', 'refunded'].includes(body.order.status)) return true;
        if (!mayWait()) return false;
        await sleep(looksEveryMs);
      }
      const asked: Asked = { kind: 'cards', path: `/api/v1/orders/${order.id}/cards`, headers: bearer() };
      const { outcome, body } = await insist<CardsReply>(asked, expect(200));
      if (outcome !== 'ok') return false;
      const cards = body.cards.map(({ number, secret }) => `${number ?? ''} ${secret}`).sort();
      if (buyer.cards && buyer.cards.join() !== cards.join()) buyer.otherCards = cards;
      buyer.cards ??= cards;
      return cards.length > 0;
    },

    async cancel() {
      const path = `/api/v1/orders/${buyer.order?.id}/cancel`;
      const asked: Asked = { kind: 'cancel', method: 'POST', path, headers: bearer() };
      // A payment begun at a network that cannot close it may still come: the shop says so, and waits for its time to end.
      const judge = ({ status }: { status: number }): Outcome =>
        status === 200 ? 'ok' : status === 409 && till.code !== 'sandbox' ? 'no' : 'fail';
      const { outcome, body } = await insist<OrderReply>(asked, judge);
      if (outcome !== 'ok') return outcome === 'no';
      saw(body.order);
      buyer.cancelled = true;
      return true;
    },

    async lookUp() {
      const { contact, lookupPassword } = buyer;
      const asked: Asked = {
        kind: 'lookup',
        method: 'POST',
        path: '/api/v1/orders/lookup',
        body: { contact, lookupPassword },
      };
      const { outcome, body } = await insist<LookupReply>(asked, expect(200));
      return outcome === 'ok' && body.orders.some(({ order }) => order.id === buyer.order?.id);
    },
  };
}

const isPassing = (status: number): boolean => status >= 500 || status === 429 || status === 408;

function tradeOf({ number, key }: BuyerRecord, payment: PaymentView): Trade {
  const { channel, outTradeNo, amountMinor, currency } = payment;
  const tradeNo = channel === 'sandbox' ? `LAB${key}N${number}` : '';
  return { channel, outTradeNo, tradeNo, amountMinor, currency, paid: false, acknowledged: false };
}
