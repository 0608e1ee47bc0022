import { knownOrders, settledLosses } from '../journal/issue-record-store.ts';
import { type Check, type CheckDeps, type Finding, listed, together } from './check.ts';
import { type Rule, violations } from './violation-store.ts';

/** Rows that belong to an order must find it. */
const dangling = (table: string, id: string): Rule => ({
  wrong: `without its order: ${table}`,
  select: `SELECT ${id} AS id FROM ${table} d LEFT JOIN orders o ON o.id = d.order_id WHERE o.id IS NULL`,
});

export const ordersSurvive: Check = {
  id: 'INV-3',
  says: 'An order or callback answered with success survives, whole.',
  async run(deps) {
    const inDatabase = await violations(deps.database.read, [
      {
        wrong: 'without lines, or lines that do not add up to its total: order',
        select: `SELECT o.id AS id FROM orders o
          WHERE COALESCE((SELECT SUM(l.amount_minor) FROM order_lines l WHERE l.order_id = o.id), -1)
            <> o.total_minor + o.discount_minor`,
      },
      dangling('order_lines', 'd.order_id'),
      dangling('card_issues', 'd.card_id'),
      dangling('payments', 'd.id'),
      {
        wrong: 'without its order: payment',
        select: `SELECT CONCAT(e.channel, ' ', e.trade_no) AS id FROM payment_evidence e
          LEFT JOIN orders o ON o.id = e.order_id WHERE e.order_id IS NOT NULL AND o.id IS NULL`,
      },
      {
        // Money for an order that never existed is given back under the number that came with it.
        wrong: 'without its order: refund',
        select: `SELECT r.refund_no AS id FROM refunds r LEFT JOIN orders o ON o.id = r.order_id
          LEFT JOIN payment_evidence e ON e.channel = r.channel AND e.trade_no = r.trade_no
          WHERE o.id IS NULL AND NOT (e.trade_no IS NOT NULL AND e.order_id IS NULL)`,
      },
    ]);
    return together([inDatabase, await lostOrders(deps)]);
  },
};

/** Orders that the issue journal served and the database has forgotten, until a person has dealt with each. */
async function lostOrders({ database, journal }: CheckDeps): Promise<Finding> {
  const { unmatched } = await journal();
  const ids = [...new Set(unmatched.map((record) => record.orderId))];
  const [known, settled] = [await knownOrders(database.read, ids), await settledLosses(database.read, ids)];
  return listed(
    'served according to the issue journal, unknown to the database: order',
    ids.filter((id) => !known.has(id) && !settled.has(id)),
  );
}
