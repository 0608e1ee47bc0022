/**
 * The canary: one fault of each kind, planted into a copy of true evidence. An auditor that does not find each proves nothing
 * by finding none.
 */
import { cardStatus } from '../../contract/states.ts';
import type { Evidence, NodeDump } from './evidence.ts';

export interface PlantedFault {
  name: string;
  /** The check that must find it. Others may find it too. */
  foundBy: string;
  /** Spoils the evidence. @throws when there is nothing in it that this fault could happen to */
  plant(evidence: Evidence): void;
}

function some<T>(what: string, found: T | undefined): T {
  if (found === undefined) throw new Error(`the evidence has no ${what} to spoil`);
  return found;
}

const buyer = (evidence: Evidence, what: string, is: (one: Evidence['history']['buyers'][number]) => boolean) =>
  some(what, evidence.history.buyers.find(is));
const served = (evidence: Evidence) => evidence.history.buyers.filter(({ cards }) => cards && cards.length > 0);
/** On all nodes alike: what differs between them is a fault of its own. */
function everywhere(evidence: Evidence, change: (node: NodeDump) => void): void {
  for (const node of evidence.nodes) change(node);
}
const without = <T>(rows: T[], is: (row: T) => boolean): void => {
  rows.splice(0, rows.length, ...rows.filter((row) => !is(row)));
};
const paidOf = (evidence: Evidence) =>
  some('paid trade', evidence.history.buyers.find(({ trade, cards }) => trade?.acknowledged && cards)?.trade);

export const plantedFaults: readonly PlantedFault[] = [
  {
    name: 'an order is lost',
    foundBy: 'INV-3 orders',
    plant(evidence) {
      const { order } = buyer(evidence, 'order', (one) => one.order !== undefined);
      everywhere(evidence, (node) => without(node.orders, ({ id }) => id === order?.id));
    },
  },
  {
    name: 'an order costs a cent more than was said',
    foundBy: 'INV-3 orders',
    plant(evidence) {
      const { order } = buyer(evidence, 'order', (one) => one.order !== undefined);
      everywhere(evidence, (node) => {
        const row = node.orders.find(({ id }) => id === order?.id);
        if (row) row.totalMinor += 1;
      });
    },
  },
  {
    name: 'a recorded order comes to nothing',
    foundBy: 'INV-3 tickets',
    plant(evidence) {
      const one = buyer(evidence, 'order', ({ order }) => order !== undefined);
      one.ticket = { id: one.order?.id ?? '', token: '' };
      delete one.order;
    },
  },
  {
    name: 'a recorded order still waits on a disk',
    foundBy: 'INV-3 tickets',
    plant(evidence) {
      evidence.waitingIntents = 1;
    },
  },
  {
    name: 'a repeated request made a second order',
    foundBy: 'once',
    plant(evidence) {
      const { order } = buyer(evidence, 'order', (one) => one.order !== undefined);
      everywhere(evidence, (node) => {
        const row = some(
          'order',
          node.orders.find(({ id }) => id === order?.id),
        );
        node.orders.push({ ...row, id: `${row.id.slice(0, -1)}#` });
      });
    },
  },
  {
    name: 'two buyers are given one order',
    foundBy: 'once',
    plant(evidence) {
      const [one, other] = evidence.history.buyers.filter(({ order }) => order);
      if (one?.order && other) other.order = { ...one.order };
      else some('pair of orders', undefined);
    },
  },
  {
    name: 'a delivered order goes back to pending',
    foundBy: 'states',
    plant(evidence) {
      buyer(evidence, 'delivered order', ({ statuses }) => statuses.includes('delivered')).statuses.push('pending');
    },
  },
  {
    name: 'a cancelled order lives on',
    foundBy: 'cancelled',
    plant(evidence) {
      const { order } = buyer(evidence, 'cancelled order', ({ cancelled }) => cancelled);
      everywhere(evidence, (node) => {
        some(
          'order',
          node.orders.find(({ id }) => id === order?.id),
        ).status = 'pending';
      });
    },
  },
  {
    name: 'a card is shown to two buyers',
    foundBy: 'INV-1 shown',
    plant(evidence) {
      const [one, other] = served(evidence);
      if (other) other.cards = [...(one?.cards ?? [])];
      else some('pair of buyers', undefined);
    },
  },
  {
    name: 'a buyer is shown other cards the second time',
    foundBy: 'INV-1 shown',
    plant(evidence) {
      some('buyer', served(evidence)[0]).otherCards = ['another card'];
    },
  },
  {
    name: 'a card is issued twice',
    foundBy: 'INV-1 issued',
    plant(evidence) {
      everywhere(evidence, (node) => {
        const [one, other] = node.issues.filter(({ orderId }, i) => i === 0 || orderId !== node.issues[0]?.orderId);
        some('issue', other);
        if (one && other) node.issues.push({ ...one, orderId: other.orderId });
      });
    },
  },
  {
    name: 'a card is issued to one order, and by the journal to another',
    foundBy: 'INV-1 issued',
    plant(evidence) {
      some('record', evidence.journals.records[0]).orderId = 'ANOTHER';
    },
  },
  {
    name: 'a buyer was shown a card that was never issued',
    foundBy: 'INV-1 held',
    plant(evidence) {
      const one = some('buyer', served(evidence)[0]);
      one.cards = [...(one.cards ?? []), 'one too many'];
    },
  },
  {
    name: 'the database forgets an issue',
    foundBy: 'INV-10',
    plant(evidence) {
      const { cardId } = some('record', evidence.journals.records[0]);
      everywhere(evidence, (node) => {
        without(node.issues, (row) => row.cardId === cardId);
        const card = some(
          'card',
          node.cards.find(({ id }) => id === cardId),
        );
        Object.assign(card, { status: cardStatus.available, orderId: null });
      });
    },
  },
  {
    name: 'an issue is in no journal',
    foundBy: 'INV-10',
    plant(evidence) {
      some('record', evidence.journals.records.shift());
    },
  },
  {
    name: 'a card vanishes from the shelf',
    foundBy: 'INV-6',
    plant: (evidence) => everywhere(evidence, (node) => some('card', node.cards.pop())),
  },
  {
    name: 'a card stays reserved for an order that is over',
    foundBy: 'INV-6',
    plant(evidence) {
      everywhere(evidence, (node) => {
        const over = some(
          'order',
          node.orders.find(({ status }) => status !== 'pending'),
        );
        const card = some(
          'free card',
          node.cards.find(({ status }) => status === cardStatus.available),
        );
        Object.assign(card, { status: cardStatus.locked, orderId: over.id });
      });
    },
  },
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
        without(node.proofs, (row) => row.orderId === orderId);
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
  {
    name: 'one node has another row',
    foundBy: 'nodes',
    plant(evidence) {
      const node = some('second node', evidence.nodes[1]);
      node.checksums = { ...node.checksums, orders: 'another' };
    },
  },
  {
    name: 'a message is never sent',
    foundBy: 'queues',
    plant: (evidence) => everywhere(evidence, (node) => node.dueOutbox.push('mail.order-delivered')),
  },
  {
    name: 'the audit of the shop fails',
    foundBy: 'audit',
    plant(evidence) {
      const [check] = evidence.audit.checks;
      Object.assign(some('check', check), { ok: false, found: 1, sample: ['planted'] });
      evidence.audit = { ...evidence.audit, ok: false };
    },
  },
];

/** @returns the faults that went unnoticed, each in words; none is what it should be */
export function tryCanary(evidence: Evidence, judge: (evidence: Evidence) => { id: string; ok: boolean }[]): string[] {
  const clean = judge(evidence).filter(({ ok }) => !ok);
  if (clean.length > 0) return [`the evidence is not clean to begin with: ${clean.map(({ id }) => id).join(', ')}`];
  return plantedFaults.flatMap(({ name, foundBy, plant }) => {
    const copy = structuredClone(evidence);
    plant(copy);
    return judge(copy).some(({ id, ok }) => id === foundBy && !ok) ? [] : [`${name}: not found by ${foundBy}`];
  });
}
