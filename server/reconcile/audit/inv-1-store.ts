import { cardStatus } from '../../../contract/states.ts';
import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

const { sold, quarantined, withdrawn } = cardStatus;

export const cardsIssuedOnce: Check = {
  id: 'INV-1',
  says: 'A card is issued to at most one order, ever.',
  run: ({ database }) =>
    violations(database.read, [
      {
        wrong: 'issued more than once: card',
        select: 'SELECT card_id AS id FROM card_issues GROUP BY card_id HAVING COUNT(*) > 1',
      },
      {
        wrong: 'issued, but missing, still for sale or sold to another order: card',
        select: `SELECT i.card_id AS id FROM card_issues i LEFT JOIN card_keys k ON k.id = i.card_id
          WHERE k.id IS NULL OR k.status NOT IN (${sold}, ${quarantined}, ${withdrawn})
            OR (k.status = ${sold} AND COALESCE(k.order_id, '') <> i.order_id)`,
      },
      {
        wrong: 'replaced, but still sold, or by a card that the order was not issued: card',
        select: `SELECT r.card_id AS id FROM card_replacements r
          LEFT JOIN card_keys k ON k.id = r.card_id
          LEFT JOIN card_issues i ON i.card_id = r.card_id AND i.order_id = r.order_id AND i.line_no = r.line_no
          LEFT JOIN card_issues n ON n.card_id = r.new_card_id AND n.order_id = r.order_id AND n.line_no = r.line_no
          WHERE k.id IS NULL OR k.status = ${sold} OR i.card_id IS NULL OR n.card_id IS NULL`,
      },
      {
        wrong: 'sold, but issued to nobody: card',
        select: `SELECT k.id AS id FROM card_keys k
          WHERE k.status = ${sold} AND NOT EXISTS (SELECT 1 FROM card_issues i WHERE i.card_id = k.id)`,
      },
    ]),
};
