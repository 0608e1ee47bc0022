/** When the day is over: every book against every other. */
import { CompiledQuery } from 'kysely';
import type { RunningGateway } from '../../gateways/serve-gateway.ts';
import type { Database } from '../../server/platform/db/database.ts';

interface PaymentSum {
  id: string;
  received: number | string;
  refunded: number | string;
  status: string;
  attempt: string;
  asked: number;
  asksAt: number | string | null;
}

/** @returns what differs, in words */
export async function bookDifferences(database: Database, gateways: readonly RunningGateway[]): Promise<string[]> {
  const { rows } = await database.read.executeQuery<PaymentSum>(
    CompiledQuery.raw(
      `SELECT p.id AS id, p.received_minor AS received, p.refunded_minor AS refunded, o.status AS status,
              p.status AS attempt, p.query_count AS asked, p.next_query_at AS asksAt
       FROM payments p JOIN orders o ON o.id = p.order_id`,
    ),
  );
  const ours = new Map(rows.map((row) => [row.id, row]));
  const differences: string[] = [];
  for (const { books, definition } of gateways) {
    for (const trade of books.all()) {
      const own = ours.get(trade.outTradeNo);
      const paid = trade.status === 'paid' ? trade.paidMinor : 0;
      const back = trade.refunds.reduce((sum, one) => sum + (one.status === 'succeeded' ? one.amountMinor : 0), 0);
      // Came and went before the shop heard of it: a person is told, and no card went out.
      if (paid === back && Number(own?.received ?? 0) === 0) continue;
      const about = `${definition.kind} ${trade.outTradeNo}`;
      if (Number(own?.received ?? 0) !== paid)
        differences.push(`${about}: they took ${paid}, we have ${own?.received} (${stateOf(own)})`);
      if (Number(own?.refunded ?? 0) !== back)
        differences.push(`${about}: they gave back ${back}, we have ${own?.refunded}`);
      if (paid > 0 && !['paid', 'delivered', 'refunded', 'review', 'cancelled'].includes(own?.status ?? ''))
        differences.push(`${about}: paid, and its order is ${own?.status}`);
    }
  }
  return differences;
}

/** What one needs to know to find out why. */
function stateOf(own: PaymentSum | undefined): string {
  if (!own) return 'no such attempt here';
  return `order ${own.status}, attempt ${own.attempt}, asked ${own.asked} times, next ${own.asksAt ?? 'never'}`;
}

export function totals(gateways: readonly RunningGateway[]) {
  return gateways.map(({ books, definition, mischief, callbacks }) => {
    const trades = books.all();
    return {
      network: definition.kind,
      trades: trades.length,
      takenMinor: trades.reduce((sum, trade) => sum + (trade.status === 'paid' ? trade.paidMinor : 0), 0),
      givenBackMinor: trades
        .flatMap((trade) => trade.refunds)
        .reduce((sum, one) => sum + (one.status === 'succeeded' ? one.amountMinor : 0), 0),
      callbacks: callbacks.length,
      mischief: Object.fromEntries(mischief.fired),
    };
  });
}
