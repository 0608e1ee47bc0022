/** Faults of money: a cent lost, taken for nothing, given for nothing. */
import type { Evidence } from '../evidence.ts';
import { everywhere, type PlantedFault, remove, some } from './planted-fault.ts';

const paidOf = (evidence: Evidence) =>
  some('paid trade', evidence.history.buyers.find(({ trade, cards }) => trade?.acknowledged && cards)?.trade);

export const moneyFaults: readonly PlantedFault[] = [
  {
    name: 'a cent is lost',
    foundBy: 'INV-7 networks',
    plant(evidence) {
      const { outTradeNo } = paidOf(evidence);
      everywhere(evidence, (node) => {
        some(
          'payment',
          node.payments.find(({ id }) => id === outTradeNo),
        ).receivedMinor -= 1;
      });
    },
  },
  {
    name: 'a network gave money back that the shop does not know of',
    foundBy: 'INV-7 networks',
    plant(evidence) {
      const trade = some(
        'trade',
        evidence.books.flatMap(({ trades }) => trades).find(({ status }) => status === 'paid'),
      );
      const at = { createdAt: 0, by: 'network', status: 'succeeded', reference: 'X' } as const;
      trade.refunds = [...trade.refunds, { ...at, refundNo: 'X', amountMinor: 1 }];
    },
  },
  {
    name: 'money was taken and nothing came of it',
    foundBy: 'INV-2',
    plant(evidence) {
      const { outTradeNo } = paidOf(evidence);
      everywhere(evidence, (node) => {
        const orderId = node.payments.find(({ id }) => id === outTradeNo)?.orderId;
        some(
          'order',
          node.orders.find(({ id }) => id === orderId),
        ).status = 'paid';
      });
    },
  },
  {
    name: 'more is given back than came in',
    foundBy: 'INV-7 refunds',
    plant(evidence) {
      const { outTradeNo, amountMinor } = paidOf(evidence);
      const refund = { refundNo: 'R1', paymentId: outTradeNo, amountMinor: amountMinor + 1, status: 'requested' };
      everywhere(evidence, (node) => node.refunds.push(refund));
    },
  },
  {
    name: 'an order is delivered without proof of payment',
    foundBy: 'INV-4',
    plant(evidence) {
      everywhere(evidence, (node) => {
        const orderId = some(
          'delivered order',
          node.orders.find(({ status }) => status === 'delivered'),
        ).id;
        remove(node.proofs, (row) => row.orderId === orderId);
      });
    },
  },
  {
    name: 'a repeated callback changed something',
    foundBy: 'INV-5',
    plant(evidence) {
      evidence.replayed = { callbacks: 1, changes: ['an order was delivered twice'] };
    },
  },
];
