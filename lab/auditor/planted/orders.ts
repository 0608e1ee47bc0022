/** Faults of orders: lost, doubled, going backwards. */
import { buyer, everywhere, type PlantedFault, remove, some } from './planted-fault.ts';

export const ordersFaults: readonly PlantedFault[] = [
  {
    name: 'an order is lost',
    foundBy: 'INV-3 orders',
    plant(evidence) {
      const { order } = buyer(evidence, 'order', (one) => one.order !== undefined);
      everywhere(evidence, (node) => remove(node.orders, ({ id }) => id === order?.id));
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
      one.ticket = { id: 'A0NOWHERE', token: '' };
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
];
