import type { Check } from './check.ts';
import { violations } from './violation-store.ts';

const trade = "CONCAT(e.channel, ' ', e.trade_no)";
/** A person has it on the desk, or has looked and decided to leave it. */
const withPerson = `EXISTS (SELECT 1 FROM review_cases c WHERE c.order_id = o.id
  AND (c.status = 'open' OR c.resolution IN ('close', 'release')))`;

export const paymentsEndWell: Check = {
  id: 'INV-2',
  says: 'Every verified payment ends as delivered, refunded, or an open review case.',
  run: ({ database }) =>
    violations(database.read, [
      {
        wrong: 'taken in, but its order is neither served nor under review: payment',
        select: `SELECT ${trade} AS id FROM payment_evidence e LEFT JOIN orders o ON o.id = e.order_id
          WHERE e.outcome = 'settled' AND (o.id IS NULL OR NOT (
            o.status IN ('paid', 'delivered', 'refunded') OR (o.status = 'review' AND ${withPerson})))`,
      },
      {
        wrong: 'paid a second time, but not on its way back: payment',
        select: `SELECT ${trade} AS id FROM payment_evidence e WHERE e.outcome = 'surplus' AND NOT EXISTS (
          SELECT 1 FROM refunds r WHERE r.payment_id = e.payment_id AND r.channel = e.channel AND r.trade_no = e.trade_no
            AND (r.status IN ('requested', 'succeeded') OR EXISTS (SELECT 1 FROM review_cases c
              WHERE c.case_key IN (CONCAT('refund_rejected:', r.refund_no), CONCAT('refund_by_hand:', r.refund_no)))))`,
      },
      {
        wrong: 'needs a person, but has no review case: payment',
        select: `SELECT ${trade} AS id FROM payment_evidence e WHERE e.outcome NOT IN ('settled', 'surplus') AND NOT EXISTS (
          SELECT 1 FROM review_cases c
          WHERE c.case_key = CONCAT(e.outcome, ':', COALESCE(e.order_id, CONCAT(e.channel, ':', e.trade_no))))`,
      },
      {
        wrong: 'under review, but on nobody’s desk: order',
        select: `SELECT o.id AS id FROM orders o WHERE o.status = 'review' AND NOT ${withPerson}
          AND o.refunded_minor < o.received_minor`,
      },
      {
        wrong: 'paid, but not served with what needs no person: order',
        select: `SELECT o.id AS id FROM orders o JOIN order_lines l ON l.order_id = o.id
          WHERE o.status = 'paid' AND ((l.delivery = 'cards' AND l.quantity >
              ((SELECT COUNT(*) FROM card_issues i WHERE i.order_id = l.order_id AND i.line_no = l.line_no)
              - (SELECT COUNT(*) FROM card_replacements r WHERE r.order_id = l.order_id AND r.line_no = l.line_no)))
            OR (l.delivery = 'loop' AND NOT EXISTS
              (SELECT 1 FROM loop_issues p WHERE p.order_id = l.order_id AND p.line_no = l.line_no)))`,
      },
    ]),
};
