import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

export const deliveredIsPaid: Check = {
  id: 'INV-4',
  says: 'A delivered order has verified payment evidence of equal amount, currency and merchant, or an audited decision.',
  run: ({ database }) =>
    violations(database.read, [
      {
        wrong: 'delivered without proof of payment: order',
        select: `SELECT o.id AS id FROM orders o WHERE o.status = 'delivered' AND o.total_minor > 0
          AND NOT EXISTS (SELECT 1 FROM payment_evidence e JOIN payments p ON p.id = e.payment_id
            WHERE e.order_id = o.id AND e.amount_minor = o.total_minor AND e.currency = o.currency
              AND e.merchant <> '' AND p.channel = e.channel AND p.order_id = o.id)
          AND NOT EXISTS (SELECT 1 FROM audit_log a WHERE a.order_id = o.id AND a.action = 'order.complete')`,
      },
    ]),
};
