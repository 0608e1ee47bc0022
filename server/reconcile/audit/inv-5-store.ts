import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

/** A bad card that was replaced stays issued, and another was issued in its place. */
const issued = `((SELECT COUNT(*) FROM card_issues i WHERE i.order_id = o.id)
  - (SELECT COUNT(*) FROM card_replacements r WHERE r.order_id = o.id))`;
const bought = `COALESCE((SELECT SUM(l.quantity) FROM order_lines l WHERE l.order_id = o.id AND l.delivery = 'cards'), 0)`;

export const repeatsChangeNothing: Check = {
  id: 'INV-5',
  says: 'Callbacks repeated in any order leave the state of one: each trade counts once, each order gets what it bought.',
  run: ({ database }) =>
    violations(database.read, [
      {
        wrong: 'on record more than once: payment',
        select: `SELECT CONCAT(channel, ' ', trade_no) AS id FROM payment_evidence
          GROUP BY channel, trade_no HAVING COUNT(*) > 1`,
      },
      {
        wrong: 'delivered with more or fewer cards than it bought: order',
        select: `SELECT o.id AS id FROM orders o WHERE o.status = 'delivered' AND ${issued} <> ${bought}`,
      },
      {
        wrong: 'holds more cards than it bought: order',
        select: `SELECT o.id AS id FROM orders o WHERE o.status IN ('paid', 'review', 'refunded') AND ${issued} > ${bought}`,
      },
      {
        wrong: 'never paid, but holds cards: order',
        select: `SELECT DISTINCT o.id AS id FROM card_issues i JOIN orders o ON o.id = i.order_id
          WHERE o.status IN ('pending', 'expired', 'cancelled')`,
      },
    ]),
};
