/** What brings a server to each checkpoint, and what must be so after the crash. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TicketReceipt, TicketReply } from '../../contract/ticket.ts';
import { writeSwitchFile } from '../../server/degrade/hand-switch.ts';
import type { Checkpoint } from '../../server/platform/checkpoints.ts';
import type { DialectName } from '../../server/platform/db/database.ts';
import { mailText, newMailServer, type TestMailServer } from '../kit/mail-server.ts';
import { type Ending, spawnNode } from '../kit/shop-process.ts';
import { newTestShop } from '../kit/test-shop.ts';
import { until } from '../kit/until.ts';
import { type Life, liveThrough, purchase, type Traffic } from './crash-life.ts';

export interface CrashCase {
  checkpoint: Checkpoint;
  /** Where one checkpoint is reached on more than one way. */
  way?: string;
  /** Where it hurts is where transactions meet: those are tried on both databases. */
  on: readonly DialectName[];
  live(dialect: DialectName): Promise<void>;
}

/** One buyer is served before the crash, three are under way in it. */
function purchases(life: Life, how: { payLater?: boolean } = {}): Traffic {
  const first = purchase(life, 'first', how);
  const others = ['second', 'third', 'fourth'].map((name) => purchase(life, name, how));
  const all = [first, ...others];
  return {
    async send() {
      await first.send();
      const ends = await Promise.allSettled(others.map((one) => one.send()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    async settled() {
      const secrets = all.map((one) => one.secret());
      assert.equal(new Set(secrets).size, all.length, 'two buyers have the same card');
      const issues = await life.shop.context.database.read.selectFrom('card_issues').select('card_id').execute();
      assert.equal(issues.length, all.length);
    },
  };
}

/** Reserves a card and gives it back. */
function cancellation({ buyer, skuId, shop }: Life): Traffic {
  const wish = { skuId, contact: 'leaver', key: 'cancellation-key-0001' };
  return {
    async send() {
      const placed = await buyer.place(wish);
      assert.equal(placed.status, 201, placed.text);
      const cancelled = await buyer.cancel(placed.body.order.id, placed.body.accessToken);
      assert.equal(cancelled.status, 200, cancelled.text);
    },
    async settled() {
      assert.equal((await buyer.place(wish)).body.order.status, 'cancelled');
      const cards = await shop.context.database.read.selectFrom('card_keys').select(['status', 'order_id']).execute();
      assert.ok(cards.every(({ status, order_id }) => status === 0 && order_id === null));
    },
  };
}

/** Pays twice: the second payment goes back through the channel. */
function surplus(life: Life): Traffic {
  const buyer = purchase(life, 'twice', { trades: 2 });
  return {
    send: () => buyer.send(),
    async settled() {
      const db = life.shop.context.database.read;
      const refunds = await db.selectFrom('refunds').select(['status', 'amount_minor']).execute();
      assert.deepEqual(refunds, [{ status: 'succeeded', amount_minor: 1000 }]);
      const trades = await db.selectFrom('sandbox_trades').select(['refunded_minor', 'refund_nos']).execute();
      assert.deepEqual(
        trades.map((trade) => [trade.refunded_minor, JSON.parse(trade.refund_nos).length]),
        [[1000, 1]],
        'the channel gave back once',
      );
    },
  };
}

/** Orders while a person keeps the shop in degrade mode, which is turned off again: recorded, then replayed. */
function recorded({ buyer, skuId, shop }: Life): Traffic {
  const { dataDir } = shop.context.config;
  const wish = { skuId, contact: 'recorded', key: 'recorded-order-key-001' };
  const turn = (on: boolean) => writeSwitchFile(dataDir, { on, at: Date.now(), by: 'test', why: 'a crash test' });
  const mode = async () => JSON.parse((await buyer.call({ path: '/readyz' })).text).status as string;
  let known: { id: string; token: string } | undefined;
  return {
    async send() {
      await turn(true);
      await until('orders are recorded', async () => (await mode()) === 'degraded');
      const reply = await buyer.place(wish);
      assert.equal(reply.status, 202, reply.text);
      const { id, token, url } = (reply.body as unknown as TicketReceipt).ticket;
      known ??= { id, token };
      assert.deepEqual({ id, token }, known, 'the same key, the same ticket');
      await turn(false);
      await until('the order is placed', async () => {
        const asked = await buyer.call({ path: url, headers: { authorization: `Bearer ${token}` } });
        return (JSON.parse(asked.text) as TicketReply).ticket.status === 'placed';
      });
      await until('it is normal again', async () => (await mode()) === 'ok');
    },
    async settled() {
      const orders = await shop.context.database.read.selectFrom('orders').select(['id', 'contact']).execute();
      assert.deepEqual(orders, [{ id: known?.id, contact: 'recorded' }]);
    },
  };
}

/** A mail tells the buyer. `copies`: how often it may arrive; a repeat must be recognisable as one. */
function mailed(life: Life, { mails }: TestMailServer, copies: number): Traffic {
  const buyer = purchase(life, 'mailed');
  return {
    send: () => buyer.send(),
    async settled() {
      assert.equal(mails.length, copies);
      const ids = mails.map(({ raw }) => /^message-id: *(\S+)/im.exec(raw)?.[1]);
      assert.equal(new Set(ids).size, 1, `one mail has these names: ${ids.join(' ')}`);
      for (const { to, raw } of mails) {
        assert.deepEqual(to, ['mailed@example.com']);
        assert.ok(!mailText(raw).includes(buyer.secret() ?? assert.fail()), 'no card stands in a mail');
      }
    },
  };
}

async function importKilled(dialect: DialectName): Promise<void> {
  const shop = await newTestShop(dialect);
  const file = join(tmpdir(), `cardwell-crash-import-${process.pid}-${dialect}.txt`);
  const count = 2500;
  writeFileSync(file, Array.from({ length: count }, (_, i) => `CRASH-${i}----SECRET-${i}`).join('\n'));
  try {
    const skuId = await shop.newSku();
    const run = (env: Record<string, string> = {}): Promise<Ending> => {
      const args = ['test/kit/card-command.ts', 'import', file, '--sku', String(skuId)];
      const { dataDir } = shop.context.config;
      const child = spawnNode(args, { ...shop.env, CARDWELL_DATA_DIR: dataDir, ...env });
      child.stdout?.resume();
      child.stderr?.resume();
      return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    };
    const armed = { CARDWELL_CRASH_AT: 'import.after-chunk:2' };
    assert.equal((await run(armed)).signal, 'SIGKILL', 'import.after-chunk was never reached');
    for (let again = 0; again < 2; again++) assert.deepEqual(await run(), { code: 0, signal: null });
    const db = shop.context.database.read;
    const cards = await db.selectFrom('card_keys').select('card_no_hash').where('sku_id', '=', skuId).execute();
    assert.equal(new Set(cards.map((card) => card.card_no_hash)).size, count);
    assert.equal(cards.length, count);
  } finally {
    rmSync(file);
    await shop.close();
  }
}

const both: readonly DialectName[] = ['sqlite', 'mysql'];
const embedded: readonly DialectName[] = ['sqlite'];

/** The first buyer passes it, those behind do not. */
const second = (checkpoint: Checkpoint, how: { payLater?: boolean } = {}): CrashCase => ({
  checkpoint,
  ...(how.payLater ? { way: ', payment begun by itself' } : {}),
  on: both,
  live: (dialect) => liveThrough({ checkpoint, nth: 2 }, dialect, (life) => purchases(life, how)),
});

const first = (checkpoint: Checkpoint, on: readonly DialectName[], traffic: (life: Life) => Traffic): CrashCase => ({
  checkpoint,
  on,
  live: (dialect) => liveThrough({ checkpoint, nth: 1 }, dialect, traffic),
});

const mail = (checkpoint: Checkpoint, copies: number): CrashCase => ({
  checkpoint,
  on: embedded,
  async live(dialect) {
    const server = await newMailServer();
    try {
      const settings = { SMTP_URL: server.url };
      await liveThrough({ checkpoint, nth: 1 }, dialect, (life) => mailed(life, server, copies), settings);
    } finally {
      await server.close();
    }
  },
});

export const crashCases: readonly CrashCase[] = [
  second('order.before-commit'),
  second('order.after-commit'),
  second('payment.before-commit'),
  second('payment.before-commit', { payLater: true }),
  second('payment.after-commit', { payLater: true }),
  second('settle.before-commit'),
  second('settle.after-commit'),
  second('settle.after-journal'),
  second('issue.before-show'),
  first('expire.after-commit', both, cancellation),
  first('refund.before-channel', embedded, surplus),
  first('refund.after-channel', embedded, surplus),
  first('intent.after-record', embedded, recorded),
  first('intent.after-apply', both, recorded),
  first('intent.after-done', embedded, recorded),
  mail('outbox.before-send', 1),
  mail('outbox.after-send', 2),
  { checkpoint: 'import.after-chunk', on: embedded, live: importKilled },
];
