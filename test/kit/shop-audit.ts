/** What must be true of a shop's books whatever happened to it: each check finds the rows that break it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../server/platform/db/database.ts';
import { readIssueJournal } from '../../server/platform/journal/read-issue-journal.ts';
import type { TestShop } from './test-shop.ts';

interface Check {
  invariant: string;
  says: string;
  /** Selects what is wrong. */
  wrong: string;
}

const checks: readonly Check[] = [
  {
    invariant: 'INV-1',
    says: 'a card that was issued is sold to that order, or was taken out of sale afterwards',
    wrong: `SELECT i.card_id, i.order_id, k.status FROM card_issues i LEFT JOIN card_keys k ON k.id = i.card_id
      WHERE k.id IS NULL OR k.status NOT IN (1, 3, 4) OR k.order_id IS NULL OR k.order_id <> i.order_id`,
  },
  {
    invariant: 'INV-1',
    says: 'a card that is sold was issued',
    wrong: `SELECT k.id, k.order_id FROM card_keys k LEFT JOIN card_issues i ON i.card_id = k.id
      WHERE k.status = 1 AND i.card_id IS NULL`,
  },
  {
    invariant: 'INV-2',
    says: 'each payment on record was delivered, is going back, or waits in a review case',
    wrong: `SELECT e.trade_no, e.outcome FROM payment_evidence e LEFT JOIN orders o ON o.id = e.order_id
      WHERE NOT (e.outcome = 'settled' AND o.status IN ('delivered', 'paid', 'refunded'))
      AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.trade_no = e.trade_no AND r.channel = e.channel)
      AND NOT EXISTS (SELECT 1 FROM review_cases c WHERE c.order_id = e.order_id OR c.trade_no = e.trade_no)`,
  },
  {
    invariant: 'INV-4',
    says: 'what was delivered was paid, in full and in its currency',
    wrong: `SELECT o.id FROM orders o WHERE o.status = 'delivered' AND NOT EXISTS (SELECT 1 FROM payment_evidence e
      WHERE e.order_id = o.id AND e.outcome = 'settled' AND e.amount_minor = o.total_minor AND e.currency = o.currency)`,
  },
  {
    invariant: 'INV-4',
    says: 'who paid has as many cards as they bought, and who did not has none',
    wrong: `SELECT o.id, o.status, l.line_no FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.delivery = 'cards'
      LEFT JOIN (SELECT order_id, line_no, COUNT(*) AS n FROM card_issues GROUP BY order_id, line_no) i
        ON i.order_id = o.id AND i.line_no = l.line_no
      WHERE (o.status IN ('paid', 'delivered') AND COALESCE(i.n, 0) <> l.quantity)
        OR (o.status NOT IN ('paid', 'delivered', 'refunded') AND i.n IS NOT NULL)`,
  },
  {
    invariant: 'INV-6',
    says: 'cards are reserved for unpaid orders only, as many as they want',
    wrong: `SELECT o.id, o.status FROM orders o
      LEFT JOIN (SELECT order_id, SUM(quantity) AS n FROM order_lines WHERE delivery = 'cards' GROUP BY order_id) w
        ON w.order_id = o.id
      LEFT JOIN (SELECT order_id, COUNT(*) AS n FROM card_keys WHERE status = 2 GROUP BY order_id) k ON k.order_id = o.id
      WHERE COALESCE(k.n, 0) <> CASE WHEN o.status = 'pending' THEN COALESCE(w.n, 0) ELSE 0 END`,
  },
  {
    invariant: 'INV-6',
    says: 'a reserved card belongs to an order, a free one to nobody',
    wrong: `SELECT k.id, k.status, k.order_id FROM card_keys k LEFT JOIN orders o ON o.id = k.order_id
      WHERE (k.status = 2 AND o.id IS NULL) OR (k.status = 0 AND k.order_id IS NOT NULL)`,
  },
  {
    invariant: 'INV-6',
    says: 'all cards imported are still there',
    wrong: `SELECT b.id, b.imported FROM card_batches b
      LEFT JOIN (SELECT batch_id, COUNT(*) AS n FROM card_keys GROUP BY batch_id) k ON k.batch_id = b.id
      WHERE b.imported <> COALESCE(k.n, 0)`,
  },
  {
    invariant: 'INV-7',
    says: 'an order has received what its evidence says',
    wrong: `SELECT o.id, o.received_minor FROM orders o
      WHERE o.received_minor <> (SELECT COALESCE(SUM(e.amount_minor), 0) FROM payment_evidence e
        WHERE e.order_id = o.id AND e.currency = o.currency)`,
  },
  {
    invariant: 'INV-7',
    says: 'an attempt has received what its evidence says',
    wrong: `SELECT p.id, p.received_minor FROM payments p
      WHERE p.received_minor <> (SELECT COALESCE(SUM(e.amount_minor), 0) FROM payment_evidence e
        WHERE e.payment_id = p.id AND e.currency = p.currency)`,
  },
  {
    invariant: 'INV-7',
    says: 'an order has given back what its refunds say',
    wrong: `SELECT o.id, o.refunded_minor FROM orders o
      WHERE o.refunded_minor <> (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r
        WHERE r.order_id = o.id AND r.currency = o.currency AND r.status = 'succeeded')`,
  },
  {
    invariant: 'INV-7',
    says: 'no trade gives back more than it brought',
    wrong: `SELECT e.trade_no FROM payment_evidence e
      WHERE e.amount_minor < (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r
        WHERE r.channel = e.channel AND r.trade_no = e.trade_no AND r.status <> 'rejected')`,
  },
];

export interface Flaw {
  invariant: string;
  says: string;
  found: unknown;
}

export async function flawsOfBooks(db: Db): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  for (const { invariant, says, wrong } of checks) {
    const { rows } = await sql.raw(wrong).execute(db);
    if (rows.length > 0) flaws.push({ invariant, says, found: rows.slice(0, 5) });
  }
  return flaws;
}

/** INV-10: what was issued is in a journal, and nothing else is. */
async function flawsOfJournals(shop: TestShop): Promise<Flaw[]> {
  const journalled = new Set<string>();
  for (const dir of shop.dataDirs) {
    for await (const entry of readIssueJournal(join(dir, 'issue-journal'))) {
      if (entry.kind === 'record') journalled.add(`${entry.record.cardId} ${entry.record.orderId}`);
    }
  }
  const rows = await shop.context.database.read.selectFrom('card_issues').select(['card_id', 'order_id']).execute();
  const issued = new Set(rows.map((row) => `${row.card_id} ${row.order_id}`));
  const missing = [...issued].filter((one) => !journalled.has(one));
  const unknown = [...journalled].filter((one) => !issued.has(one));
  const says = { invariant: 'INV-10', says: 'the issue journals and the database know the same issues' };
  return missing.length + unknown.length > 0 ? [{ ...says, found: { missing, unknown } }] : [];
}

export async function assertSound(shop: TestShop): Promise<void> {
  const flaws = [...(await flawsOfBooks(shop.context.database.read)), ...(await flawsOfJournals(shop))];
  assert.deepEqual(flaws, [], 'the books are not sound');
}
