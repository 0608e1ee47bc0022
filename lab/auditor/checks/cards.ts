/** Of cards: each goes to one buyer, by every account there is of it. */
import { cardStatus } from '../../../contract/states.ts';
import type { LabCheck } from '../lab-check.ts';

export const shownToOneBuyer: LabCheck = {
  id: 'INV-1 shown',
  says: 'No card was shown to two buyers, and each buyer saw the same cards every time.',
  broken({ history }) {
    const found: string[] = [];
    const holders = new Map<string, number>();
    for (const { number, cards = [], otherCards, order } of history.buyers) {
      for (const card of cards) {
        if (holders.has(card)) found.push(`buyers ${holders.get(card)} and ${number} were shown the same card`);
        holders.set(card, number);
      }
      if (otherCards) found.push(`buyer ${number} of order ${order?.id} was shown other cards the second time`);
    }
    return found;
  },
};

export const issuedOnce: LabCheck = {
  id: 'INV-1 issued',
  says: 'No card was issued to two orders, over the journals of all processes and the database together.',
  broken({ shop, journals, mayBeLost }) {
    const found: string[] = [];
    const orders = new Map<number, string>();
    for (const { cardId, orderId } of [...shop.issues, ...journals.records]) {
      const known = orders.get(cardId);
      if (known !== undefined && known !== orderId) found.push(`card ${cardId} went to ${known} and to ${orderId}`);
      orders.set(cardId, orderId);
    }
    for (const [cardId, rows] of Map.groupBy(shop.issues, (row) => row.cardId))
      if (rows.length > 1 && !rows.some(({ orderId }) => mayBeLost(orderId)))
        found.push(`card ${cardId} was issued ${rows.length} times`);
    return found;
  },
};

export const buyersHoldWhatWasIssued: LabCheck = {
  id: 'INV-1 held',
  says: 'Each buyer was shown as many cards as were issued to the order, and no more than it asked for.',
  broken: ({ history, issuesOf, order, mayBeLost }) =>
    history.buyers.flatMap(({ order: own, cards }) => {
      if (!own || mayBeLost(own.id)) return [];
      const issued = issuesOf(own.id).length;
      const wanted = order(own.id)?.wantedCards ?? 0;
      if (cards && cards.length !== issued)
        return [`order ${own.id} was shown ${cards.length} cards, ${issued} are issued`];
      return issued > wanted ? [`order ${own.id} asked for ${wanted} cards and has ${issued}`] : [];
    }),
};

export const journalAndDatabaseAgree: LabCheck = {
  id: 'INV-10',
  says: 'The journals are whole, know every issue, and no card they name is for sale.',
  broken({ journals, shop }) {
    const found = [...journals.broken];
    const cards = new Map(shop.cards.map((card) => [card.id, card]));
    const recorded = new Set(journals.records.map(({ cardId, orderId }) => `${cardId} ${orderId}`));
    const issued = new Set(shop.issues.map(({ cardId, orderId }) => `${cardId} ${orderId}`));
    for (const { cardId, orderId } of journals.records) {
      if (issued.has(`${cardId} ${orderId}`)) continue;
      const status = cards.get(cardId)?.status;
      if (status !== cardStatus.quarantined && status !== cardStatus.withdrawn)
        found.push(
          `card ${cardId} was issued to ${orderId}; the database has forgotten it, and its status is ${status}`,
        );
    }
    for (const { cardId, orderId } of shop.issues)
      if (!recorded.has(`${cardId} ${orderId}`)) found.push(`card ${cardId} of order ${orderId} is in no journal`);
    return found;
  },
};

export const stockAddsUp: LabCheck = {
  id: 'INV-6',
  says: 'Every card that was imported is there once; those sold are issued, those reserved are for orders that wait for money.',
  broken({ shop, order, issuesOf }) {
    const found: string[] = [];
    if (shop.cards.length !== shop.imported)
      found.push(`${shop.imported} cards were imported, ${shop.cards.length} are there`);
    const issues = new Map(shop.issues.map(({ cardId, orderId }) => [cardId, orderId]));
    const reserved = new Map<string, number>();
    for (const { id, status, orderId } of shop.cards) {
      if (status === cardStatus.sold && issues.get(id) !== orderId)
        found.push(`card ${id} is sold to ${orderId}, and not issued to it`);
      if (status === cardStatus.available && issues.has(id)) found.push(`card ${id} is issued and for sale`);
      if (status === cardStatus.locked && orderId) reserved.set(orderId, (reserved.get(orderId) ?? 0) + 1);
    }
    for (const [orderId, count] of reserved) {
      const row = order(orderId);
      if (row?.status !== 'pending' || row.wantedCards !== count + issuesOf(orderId).length)
        found.push(`${count} cards are reserved for order ${orderId}, which is ${row?.status ?? 'not there'}`);
    }
    return found;
  },
};
