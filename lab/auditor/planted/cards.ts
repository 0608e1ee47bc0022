/** Faults of cards: shown or issued twice, forgotten, out of count. */
import { cardStatus } from '../../../contract/states.ts';
import { everywhere, type PlantedFault, remove, served, some } from './planted-fault.ts';

export const cardsFaults: readonly PlantedFault[] = [
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
        remove(node.issues, (row) => row.cardId === cardId);
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
];
