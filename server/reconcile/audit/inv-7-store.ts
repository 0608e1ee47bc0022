import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

const refunds = (where: string) => `COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE ${where}), 0)`;

export const moneyAddsUp: Check = {
  id: 'INV-7',
  says: 'Money received less money refunded is the ledger of payments; refunds never exceed what was received.',
  run: ({ database }) =>
    violations(database.read, [
      {
        wrong: 'received is not the sum of its evidence: attempt',
        select: `SELECT p.id AS id FROM payments p WHERE p.received_minor <> COALESCE((SELECT SUM(e.amount_minor)
          FROM payment_evidence e WHERE e.payment_id = p.id AND e.currency = p.currency AND e.order_id = p.order_id), 0)`,
      },
      {
        wrong: 'refunded is not the sum of its refunds: attempt',
        select: `SELECT p.id AS id FROM payments p WHERE p.refunded_minor <>
          ${refunds("r.payment_id = p.id AND r.currency = p.currency AND r.status = 'succeeded'")}`,
      },
      {
        wrong: 'gave back more than it received: attempt',
        select: 'SELECT p.id AS id FROM payments p WHERE p.refunded_minor > p.received_minor',
      },
      {
        wrong: 'given back, or about to be, more than once: payment',
        select: `SELECT CONCAT(r.channel, ' ', r.trade_no) AS id FROM refunds r WHERE r.status <> 'rejected'
          GROUP BY r.channel, r.trade_no HAVING SUM(r.amount_minor) > COALESCE((SELECT MAX(e.amount_minor)
            FROM payment_evidence e WHERE e.channel = r.channel AND e.trade_no = r.trade_no), 0)`,
      },
      {
        wrong: 'its money is not that of its payments: order',
        select: `SELECT o.id AS id FROM orders o LEFT JOIN payments p ON p.order_id = o.id AND p.currency = o.currency
          GROUP BY o.id HAVING MAX(o.received_minor) <> COALESCE(SUM(p.received_minor), 0)
            OR MAX(o.refunded_minor) <> COALESCE(SUM(p.refunded_minor), 0)`,
      },
    ]),
};
