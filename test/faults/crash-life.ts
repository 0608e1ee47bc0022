/**
 * One life with a crash in it: a shop whose server is armed to kill itself at a checkpoint, the traffic that gets it there,
 * the restart, the same requests again, the scans, and the books at the end.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from '../../server/platform/checkpoints.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { runScan } from '../../server/reconcile/run-scans.ts';
import { scans } from '../../server/reconcile/scans/scans.ts';
import { type Buyer, buyerAt } from '../kit/buyer.ts';
import { assertSound } from '../kit/shop-audit.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';

export interface Life {
  shop: TestShop;
  server: ShopProcess;
  buyer: Buyer;
  skuId: number;
}

/** Sends everything, as often as it is called: the same keys, the same trades. A lost connection ends it early. */
export interface Traffic {
  send(): Promise<void>;
  /** What must be so once everything was sent to a server that lives. */
  settled(): Promise<void>;
}

const diesWithinMs = 30_000;

export async function liveThrough(
  { checkpoint, nth }: { checkpoint: Checkpoint; nth: number },
  dialect: DialectName,
  trafficOf: (life: Life) => Traffic | Promise<Traffic>,
  settings: Record<string, string> = {},
): Promise<void> {
  const shop = await newTestShop(dialect, { ...settings, LOG_LEVEL: 'error' });
  try {
    const server = await shop.newProcess({ CARDWELL_DATA_DIR: shop.context.config.dataDir });
    const skuId = await shop.newSku({ cards: 8 });
    await server.start({ CARDWELL_CRASH_AT: `${checkpoint}:${nth}` });
    const traffic = await trafficOf({ shop, server, buyer: buyerAt(server.origin), skuId });
    await traffic.send().catch(() => undefined);
    const gone = { code: null, signal: 'SIGKILL' };
    const ending = await Promise.race([server.ended(), sleep(diesWithinMs, 'it lives', { ref: false })]);
    assert.deepEqual(ending, gone, `${checkpoint} was never reached\n${server.log()}`);

    await server.start();
    await traffic.send();
    await sendOutbox(shop);
    await traffic.settled();
    await runAllScans(shop);
    await assertSound(shop);
    // Once more: nothing may happen twice.
    await traffic.send();
    await sendOutbox(shop);
    await traffic.settled();
    await assertSound(shop);
  } finally {
    await shop.close();
  }
}

/** What the dead process held on lease is due now, instead of when the lease ends; resolves when the outbox is empty. */
async function sendOutbox({ context: { database } }: TestShop): Promise<void> {
  await database.transact('test.outbox-due', (tx) =>
    tx.updateTable('outbox').set({ next_at: 1 }).where('status', '=', 'pending').execute(),
  );
  const pending = database.read.selectFrom('outbox').select('id').where('status', '=', 'pending');
  await until('the outbox is empty', async () => (await pending.execute()).length === 0);
}

async function runAllScans({ context }: TestShop): Promise<void> {
  const world = { ...context, journalFolder: join(context.config.dataDir, 'issue-journal') };
  for (const { name } of scans) await runScan(world, name);
}

/** Buys one card, from the wish to the card, with every answer compared to the one before. */
export function purchase({ buyer, skuId }: Life, name: string, { trades = 1, payLater = false } = {}) {
  const wish = { skuId, contact: `${name}@example.com`, key: `purchase-of-${name}-0001`, payLater };
  const tradeNos = Array.from({ length: trades }, (_, i) => `TRADE-${name}-${i}`);
  let known: { id: string; token: string } | undefined;
  let acknowledged = false;
  let secret: string | undefined;
  return {
    name,
    orderId: () => known?.id ?? assert.fail(`${name} has no order`),
    async send(): Promise<void> {
      if (acknowledged) await this.hasCard();
      const placed = await buyer.place(wish);
      assert.equal(placed.status, 201, placed.text);
      const { order, accessToken } = placed.body;
      if (known) assert.deepEqual({ id: order.id, token: accessToken }, known, `${name} was answered otherwise before`);
      known = { id: order.id, token: accessToken };
      if (order.status === 'pending') {
        const begun = payLater ? (await buyer.beginPayment(order.id, accessToken)).body : placed.body;
        assert.equal(begun.payment?.outTradeNo, `${order.id}01`, `${name} cannot pay`);
      }
      for (const tradeNo of tradeNos) {
        const attempt = { outTradeNo: `${order.id}01`, amountMinor: order.totalMinor, currency: order.currency };
        const paid = await buyer.callback({ ...attempt, tradeNo });
        assert.equal(paid.text, 'success');
        acknowledged = true;
      }
      await this.hasCard();
    },
    /** Exactly one, and always the same. */
    async hasCard(): Promise<void> {
      const { id, token } = known ?? assert.fail(`${name} has no order`);
      const reply = await buyer.cards(id, token);
      assert.equal(reply.status, 200, reply.text);
      const secrets = reply.body.cards.map((card) => card.secret);
      assert.equal(secrets.length, 1, `${name} has ${secrets.length} cards`);
      assert.equal(secrets[0], secret ?? secrets[0], `${name} had another card before`);
      secret = secrets[0];
    },
    secret: () => secret,
  };
}
