/** Of money: what the networks took is what the shop knows, to the cent, and everything paid came to an end. */
import type { LabCheck, Seen } from '../lab-check.ts';

interface Paid {
  channel: string;
  outTradeNo: string;
  paidMinor: number;
  refundedMinor: number;
  currency: string;
}

/** By the books of the networks; of the sandbox, whose network is the workload, by what that has paid. */
export function paidTrades({ books, history }: Seen): Paid[] {
  const byNetworks = books.flatMap(({ channel, trades }) =>
    trades
      .filter(({ status }) => status === 'paid')
      .map(({ outTradeNo, paidMinor, currency, refunds }) => ({
        channel,
        outTradeNo,
        paidMinor,
        currency,
        refundedMinor: refunds.reduce((sum, one) => sum + (one.status === 'succeeded' ? one.amountMinor : 0), 0),
      })),
  );
  const ownNetworks = new Set(books.map(({ channel }) => channel));
  const byBuyers = history.buyers.flatMap(({ trade }) =>
    trade?.acknowledged && !ownNetworks.has(trade.channel)
      ? [
          {
            channel: trade.channel,
            outTradeNo: trade.outTradeNo,
            paidMinor: trade.amountMinor,
            currency: trade.currency,
            refundedMinor: 0,
          },
        ]
      : [],
  );
  return [...byNetworks, ...byBuyers];
}

const orderOf = (seen: Seen, outTradeNo: string) => {
  const payment = seen.payment(outTradeNo);
  return payment && seen.order(payment.orderId);
};
/** A number of an attempt begins with that of its order. */
const lost = (seen: Seen, outTradeNo: string) => seen.mayBeLost(outTradeNo.slice(0, -2));

export const paidMeansDelivered: LabCheck = {
  id: 'INV-2',
  says: 'Every payment that a network took ended as delivered, refunded, or a case that a person decides.',
  broken: (seen) =>
    paidTrades(seen).flatMap(({ channel, outTradeNo, paidMinor, refundedMinor }) => {
      if (lost(seen, outTradeNo) || paidMinor === refundedMinor) return [];
      const order = orderOf(seen, outTradeNo);
      if (!order) return [`${channel} took money for ${outTradeNo}, which the shop does not know`];
      if (['delivered', 'refunded', 'review'].includes(order.status)) return [];
      return [`order ${order.id} was paid (${outTradeNo}) and is ${order.status}`];
    }),
};

export const moneyIsEqual: LabCheck = {
  id: 'INV-7 networks',
  says: 'What the shop has received and given back is what the networks took and gave back, each trade and in sum, to the cent.',
  broken(seen) {
    const found: string[] = [];
    const known = new Set<string>();
    let [theirs, ours] = [0, 0];
    for (const { channel, outTradeNo, paidMinor, refundedMinor, currency } of paidTrades(seen)) {
      known.add(outTradeNo);
      if (lost(seen, outTradeNo)) continue;
      const own = seen.payment(outTradeNo);
      theirs += paidMinor;
      ours += own?.receivedMinor ?? 0;
      if (own?.receivedMinor !== paidMinor || own.currency !== currency)
        found.push(
          `${channel} took ${paidMinor} ${currency} for ${outTradeNo}, the shop has ${own?.receivedMinor ?? 'nothing'}`,
        );
      if (seen.books.some((one) => one.channel === channel) && own && own.refundedMinor !== refundedMinor)
        found.push(`${channel} gave back ${refundedMinor} for ${outTradeNo}, the shop says ${own.refundedMinor}`);
    }
    if (theirs !== ours) found.push(`in sum the networks took ${theirs}, the shop has ${ours}`);
    const mine = new Set(seen.history.buyers.flatMap(({ trade }) => (trade ? [trade.outTradeNo] : [])));
    for (const { id, receivedMinor } of seen.shop.payments)
      if (receivedMinor > 0 && !known.has(id) && mine.has(id)) {
        const trade = seen.history.buyers.find((buyer) => buyer.trade?.outTradeNo === id)?.trade;
        if (!trade?.paid) found.push(`the shop has ${receivedMinor} for ${id}, which nobody paid`);
      }
    return found;
  },
};

export const refundsWithinPayments: LabCheck = {
  id: 'INV-7 refunds',
  says: 'No more was given back than had been received.',
  broken({ shop }) {
    const back = new Map<string, number>();
    for (const { paymentId, amountMinor, status } of shop.refunds)
      if (status !== 'rejected') back.set(paymentId, (back.get(paymentId) ?? 0) + amountMinor);
    return shop.payments.flatMap(({ id, receivedMinor, refundedMinor }) => {
      const most = Math.max(back.get(id) ?? 0, refundedMinor);
      return most > receivedMinor ? [`${id} received ${receivedMinor} and gives back ${most}`] : [];
    });
  },
};

export const deliveredMeansPaid: LabCheck = {
  id: 'INV-4',
  says: 'Every delivered order has proof of a payment of its amount and currency, or a decision of a person.',
  broken({ shop }) {
    const proofs = new Set(
      shop.proofs.map(({ orderId, amountMinor, currency }) => `${orderId} ${amountMinor} ${currency}`),
    );
    const byHand = new Set(shop.completedByHand);
    return shop.orders.flatMap(({ id, status, totalMinor, currency }) =>
      status === 'delivered' && totalMinor > 0 && !byHand.has(id) && !proofs.has(`${id} ${totalMinor} ${currency}`)
        ? [`order ${id} is delivered without proof of payment`]
        : [],
    );
  },
};

export const repeatsChangeNothing: LabCheck = {
  id: 'INV-5',
  says: 'Callbacks sent again, several times and in another order, changed nothing.',
  broken: ({ replayed }) => replayed.changes,
};
