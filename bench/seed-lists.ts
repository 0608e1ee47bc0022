/** A million rows for the owner's lists: orders with their money, cards of a few SKUs and many imports, entries of the audit log. */
import { systemClock } from '../server/platform/clock.ts';
import { insertRows } from '../server/platform/db/bulk.ts';
import type { Database } from '../server/platform/db/database.ts';
import { orderId, sha256 } from '../server/platform/ids.ts';
import { insertPastTrade } from './old-orders.ts';

export interface ListsToSeed {
  database: Database;
  count: number;
  pastMs: number;
}

const atOnce = 2000;
const told = 100_000;
const cardsOfBatch = 20_000;
const skus = 4;

async function inPages(what: string, count: number, write: (from: number, to: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    await write(from, Math.min(from + atOnce, count));
    if (from % told === 0) process.stderr.write(`  ${from} ${what}\n`);
  }
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** A tenth of them has expired. */
export async function seedOrders({ database, count, pastMs }: ListsToSeed): Promise<void> {
  const now = systemClock.now();
  await inPages('orders', count, async (from, to) => {
    const orders = numbers(from, to).map((n) => {
      const at = now - pastMs + Math.floor((n / count) * pastMs);
      return { n, at, id: orderId('A0', at) };
    });
    const expired = orders.filter(({ n }) => n % 10 === 3).map(({ id }) => id);
    await database.transact('bench.past', async (tx) => {
      await insertPastTrade(tx, orders, { skuId: 1, region: 'A0' });
      const unpaid = { status: 'expired', paid_at: null, delivered_at: null, received_minor: 0 };
      await tx.updateTable('orders').set(unpaid).where('id', 'in', expired).execute();
    });
  });
}

/** Nine of ten are sold, one of a hundred is withdrawn, the rest is for sale. What is on them nobody can open. */
export async function seedCards({ database, count }: ListsToSeed): Promise<void> {
  const sealed = Buffer.concat([Buffer.from([1, 0, 0, 0, 1]), Buffer.alloc(43, 7)]);
  await inPages('cards', count, (from, to) =>
    database.transact('bench.cards', async (tx) => {
      const batch = Math.floor(from / cardsOfBatch) + 1;
      const skuId = (batch % skus) + 1;
      if (from % cardsOfBatch === 0) {
        const row = {
          id: batch,
          sku_id: skuId,
          product_id: 1,
          region: 'A0',
          source: `file ${batch}`,
          status: 'finished',
        };
        const lines = Math.min(cardsOfBatch, count - from);
        const done = { total_lines: lines, imported: lines, created_by: 'bench', created_at: from, finished_at: from };
        await insertRows(tx, 'card_batches', [{ ...row, ...done }]);
      }
      const rows = numbers(from, to).map((n) => {
        const status = n % 100 === 7 ? 4 : n % 10 === 1 ? 0 : 1;
        const off = { off_reason: status === 4 ? 'recalled' : null, off_at: status === 4 ? n : null };
        return {
          card_no: sealed,
          card_secret: sealed,
          card_no_hash: sha256(`card ${n}`),
          product_id: 1,
          sku_id: skuId,
          region: 'A0',
          status,
          order_id: null,
          sale_time: status === 1 ? n : null,
          batch_id: batch,
          key_id: 1,
          ...off,
        };
      });
      await insertRows(tx, 'card_keys', rows);
    }),
  );
}

const deeds = ['product.update', 'order.refund', 'card.withdraw', 'order.cancel', 'user.prove'];

export async function seedAuditLog({ database, count, pastMs }: ListsToSeed): Promise<void> {
  const now = systemClock.now();
  await inPages('audit entries', count, (from, to) =>
    database.transact('bench.audit', async (tx) => {
      const rows = numbers(from, to).map((n) => ({
        at: now - pastMs + Math.floor((n / count) * pastMs),
        actor: `owner:person${n % 7}`,
        action: deeds[n % deeds.length] as string,
        subject: `product:${n % 500}`,
        order_id: null,
        reason: n % 3 === 0 ? 'because' : null,
        before_state: '{"name":"a"}',
        after_state: '{"name":"b"}',
        request_id: `R${n}`,
      }));
      await insertRows(tx, 'audit_log', rows);
    }),
  );
}
