/** The worker that runs the scans is frozen for longer than its lease, replaced, and wakes up: it does no harm. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buyerAt, tradeFor } from '../kit/buyer.ts';
import { newMailServer, type TestMailServer } from '../kit/mail-server.ts';
import { assertSound } from '../kit/shop-audit.ts';
import type { ShopProcess } from '../kit/shop-process.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';

const leaseMs = '1500';
let mail: TestMailServer;
let shop: TestShop;
let skuId: number;
before(async () => {
  mail = await newMailServer();
  const settings = { SMTP_URL: mail.url, CARDWELL_LEASE_MS: leaseMs, LOG_LEVEL: 'info' };
  shop = await newTestShop('mysql', settings);
  skuId = await shop.newSku({ cards: 40 });
  const made = [await shop.newProcess(), await shop.newProcess()];
  await Promise.all(made.map((one) => one.start()));
});
after(async () => {
  await shop?.close();
  await mail?.close();
});

async function leader(): Promise<{ pid: number; fencing: number }> {
  const query = shop.context.database.read.selectFrom('leases').select(['holder', 'fencing']);
  const row = await query.where('name', '=', 'scans').executeTakeFirst();
  return { pid: Number(row?.holder.split('-')[0]), fencing: row?.fencing ?? 0 };
}

test('nothing is sent twice, nothing is decided by a leader of before, the books are sound', async () => {
  await until('somebody leads', async () => (await leader()).fencing > 0);
  const first = await leader();
  const asleep = shop.processes.find(({ pid }) => pid === first.pid) as ShopProcess;
  const awake = shop.processes.find((one) => one !== asleep) as ShopProcess;
  const buyer = buyerAt(awake.origin);
  const paid: string[] = [];
  const buy = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const placed = await buyer.place({ skuId, contact: `buyer${paid.length}@example.com` });
      assert.equal(placed.status, 201, placed.text);
      assert.equal((await buyer.callback(tradeFor(placed.body.payment))).text, 'success');
      paid.push(placed.body.order.id);
    }
  };
  // Under load, so that the pause may fall into the middle of anything.
  const buying = buy(8);
  await until('it is at work', async () => paid.length > 2);
  process.kill(first.pid, 'SIGSTOP');
  try {
    await buying;
    await until('the other takes over', async () => (await leader()).fencing > first.fencing);
    await until('its scans work', async () => {
      const placed = await buyer.place({ skuId });
      await shop.context.database.transact('test.time-is-over', (tx) =>
        tx.updateTable('orders').set({ expires_at: 1 }).where('id', '=', placed.body.order.id).execute(),
      );
      await until('the unpaid order has expired', async () => {
        const { body } = await buyer.show(placed.body.order.id, placed.body.accessToken);
        return body.order.status === 'expired';
      });
      return true;
    });
  } finally {
    process.kill(first.pid, 'SIGCONT');
  }
  await buy(4);
  const woken = buyerAt(asleep.origin);
  await until('the woken one serves', async () => (await woken.call({ path: '/readyz' })).status === 200);
  const now = await leader();
  assert.notEqual(now.pid, first.pid, 'it does not lead any more');
  assert.equal(asleep.log().match(/this worker runs the scans/g)?.length, 1);
  // One mail for each delivered order; of what it had in hand when it froze, too.
  const mailsTo = () => paid.map((_, i) => mail.mails.filter(({ to }) => to.includes(`buyer${i}@example.com`)).length);
  await until('every buyer has their mail', async () => mailsTo().every((count) => count > 0));
  assert.deepEqual(
    mailsTo().filter((count) => count > 1),
    [],
    'mailed twice',
  );
  await assertSound(shop);
});
