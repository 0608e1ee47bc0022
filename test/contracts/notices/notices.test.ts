/** From what happens in the shop to the message in the group, on both databases: once, batched, retried, and never with a secret. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { NoticeEventName } from '../../../contract/notices.ts';
import { listDeliveries } from '../../../server/delivery/notices/delivery-store.ts';
import { createTarget, removeTarget, updateTarget } from '../../../server/delivery/notices/edit-targets.ts';
import { noticeTopic, noticeTries } from '../../../server/delivery/notices/notice-topic.ts';
import type { OpenTargetDeps } from '../../../server/delivery/notices/open-target.ts';
import { retryDeliveries } from '../../../server/delivery/notices/retry-deliveries.ts';
import { spreadEvents } from '../../../server/delivery/notices/spread-events.ts';
import { readTarget } from '../../../server/delivery/notices/target-store.ts';
import { notifierKinds } from '../../../server/delivery/notifiers/kinds.ts';
import { readMessages } from '../../../server/delivery/outbox-store.ts';
import { type OutboxDeps, sendOutbox } from '../../../server/delivery/send-outbox.ts';
import { blockChannel, unblockChannel } from '../../../server/payment/block-channel.ts';
import { createCallbackWatch } from '../../../server/payment/callback-watch.ts';
import { openReviewCases } from '../../../server/payment/review-store.ts';
import { endAlarm, raiseAlarm } from '../../../server/platform/alarm-store.ts';
import { recordEvents } from '../../../server/platform/event-store.ts';
import { everythingAllowed } from '../../../server/platform/outside-address.ts';
import { createOutsideHttp } from '../../../server/platform/outside-http.ts';
import { runScan } from '../../../server/reconcile/run-scans.ts';
import { type NoticeServices, startNoticeServices } from '../../kit/notice-services.ts';
import { dialects } from '../../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../../kit/trading-shop.ts';
import { until } from '../../kit/until.ts';

for (const dialect of dialects) {
  suite(`notices on ${dialect}`, () => {
    let shop: TradingShop;
    let services: NoticeServices;
    let opening: OpenTargetDeps;
    let made = 0;

    before(async () => {
      shop = await newTradingShop(dialect);
      services = await startNoticeServices();
      const parts = {
        http: createOutsideHttp(everythingAllowed),
        rule: everythingAllowed,
        mailer: undefined,
        clock: shop.clock,
      };
      const box = {
        seal: (_: string, plain: string) => Buffer.from(plain),
        unseal: (_: string, it: Uint8Array) => Buffer.from(it).toString(),
      };
      opening = { kinds: notifierKinds, parts, box };
    });
    after(async () => {
      await services.close();
      await shop.close();
    });

    const deps = () => ({ database: shop.database, clock: shop.clock, opening });
    async function target(events: NoticeEventName[], more: Record<string, unknown> = {}): Promise<number> {
      const body = { kind: 'webhook', name: 'ops', settings: services.settingsOf('webhook'), events, ...more };
      const outcome = await createTarget(deps(), { ...body, actor: 'test', requestId: `target-${++made}` });
      assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
      return (outcome as { id: number }).id;
    }
    async function drop(id: number): Promise<void> {
      const version = (await readTarget(shop.database.read, id))?.version ?? 0;
      assert.equal((await removeTarget(deps(), { id, version, actor: 'test' })).kind, 'deleted');
      services.received.length = 0;
      services.mood = 'well';
    }
    const spread = () => spreadEvents({ ...shop.world, confirm: async () => {} });
    const worker = (): OutboxDeps => ({
      ...shop.world,
      topics: {
        notice: noticeTopic({ ...deps(), baseUrl: 'https://shop.example', shopName: async () => '小铺' }),
      },
      owner: 'w1',
      tellPerson: async () => assert.fail('a notice opens no case'),
      settledByPerson: async () => new Set(),
    });
    const send = async () => {
      while (await sendOutbox(worker()));
    };
    const record = (events: Parameters<typeof recordEvents>[1]) =>
      shop.database.transact('test', (tx) => recordEvents(tx, events, shop.clock.now()));
    const outboxOf = async (targetId: number) => {
      const all = await listDeliveries(shop.database.read, { targetId, limit: 100 });
      return readMessages(
        shop.database.read,
        all.map((one) => `notice:${one.id}`),
      );
    };

    test('an order paid and delivered is told once, without contact or card; nobody asked, nothing written', async () => {
      const skuId = await shop.stockedSku(5);
      await shop.pay(await shop.place([{ skuId, quantity: 1 }], 'unasked@example.com'));
      assert.equal(
        await shop.database.read
          .selectFrom('shop_events')
          .select('id')
          .where('event', 'like', 'order.%')
          .execute()
          .then((rows) => rows.length),
        0,
      );

      const id = await target(['order.paid', 'order.delivered']);
      const order = await shop.place([{ skuId, quantity: 2 }], 'lin.buyer@example.com');
      await shop.pay(order);
      await shop.pay(order);
      await Promise.all([spread(), spread()]);
      await spread();
      await send();
      assert.equal(services.received.length, 1, JSON.stringify(services.refused));
      const raw = JSON.stringify(services.received);
      assert.ok(raw.includes(order.id) && raw.includes('li***@example.com'));
      for (const never of ['lin.buyer', 'secret-', '----']) assert.ok(!raw.includes(never), never);
      const events = services.received.flatMap((one) => (one.body.events as { event: string }[]).map((it) => it.event));
      assert.deepEqual(events.sort(), ['order.delivered', 'order.paid']);
      await drop(id);
    });

    test('a storm is few messages, the grave ones go out all the same, and nothing is told twice', async () => {
      const id = await target(['refund.done', 'audit.failed']);
      let told = 0;
      for (let minute = 0; minute < 24; minute++) {
        await record(
          Array.from({ length: 25 }, () => ({
            event: 'refund.done' as const,
            about: `storm-${++told}`,
            detail: { amountMinor: 100, currency: 'CNY' },
          })),
        );
        if (minute === 20) await record([{ event: 'audit.failed', about: 'grave', detail: { kind: 'stock_drift' } }]);
        for (let i = 0; i < 4; i++) {
          await spread();
          if (minute === 20 && i === 0) {
            await send();
            assert.ok(services.received.some((one) => one.body.severity === 'P0'));
          }
          shop.clock.advance(15_000);
        }
      }
      shop.clock.advance(600_000);
      while ((await spread()).made > 0) shop.clock.advance(600_000);
      await send();
      assert.ok(services.received.length <= 20, `${services.received.length} messages of ${told} events`);
      const rows = await shop.database.read
        .selectFrom('notice_waiting')
        .select('delivery_id')
        .where('target_id', '=', id)
        .execute();
      assert.equal(rows.filter((row) => row.delivery_id !== null).length, told + 1);
      assert.equal(
        new Set(services.received.map((one) => one.headers['x-cardwell-id'])).size,
        services.received.length,
      );
      await drop(id);
    });

    test('a service that says no is asked again, ever more seldom, then the message is given up and a person retries it', async () => {
      const id = await target(['refund.done']);
      services.mood = 'says-no';
      await record([{ event: 'refund.done', about: 'given-up', detail: { amountMinor: 5, currency: 'CNY' } }]);
      await spread();
      for (let tries = 1; tries <= noticeTries; tries++) {
        assert.equal(await sendOutbox(worker()), 1, `try ${tries}`);
        const [row] = await outboxOf(id);
        assert.equal(row?.attempts, tries);
        assert.equal(row?.status, tries < noticeTries ? 'pending' : 'failed');
        assert.match(String(row?.last_error), /422.*not today/);
        shop.clock.advance(1_800_001);
      }
      assert.equal(await sendOutbox(worker()), 0);
      services.mood = 'too-often';
      const retry = () => retryDeliveries(shop.world, { actor: 'test' });
      assert.equal(await retry(), 1);
      await send();
      const waits = ((await outboxOf(id))[0]?.next_at ?? 0) - shop.clock.now();
      assert.ok(waits > 5000 && waits <= 7000, `waits as long as the service asked for: ${waits}`);
      services.mood = 'well';
      shop.clock.advance(7001);
      await send();
      assert.equal((await outboxOf(id))[0]?.status, 'done');
      assert.equal(await retry(), 0);
      assert.equal(services.received.length, 1);
      await drop(id);
    });

    test('quiet hours hold back what is only for information', async () => {
      const minute = Math.floor(shop.clock.now() / 60_000) % 1440;
      const quiet = { utcOffset: 0, quietFrom: minute, quietTo: (minute + 120) % 1440 };
      const id = await target(['refund.done', 'stock.out'], quiet);
      await record([
        { event: 'refund.done', about: 'quiet', detail: { amountMinor: 5, currency: 'CNY' } },
        { event: 'stock.out', about: 'quiet', detail: { skuId: 1 } },
      ]);
      await spread();
      await send();
      assert.deepEqual(
        services.received.map((one) => (one.body.events as { event: string }[]).map((it) => it.event)),
        [['stock.out']],
      );
      shop.clock.advance(121 * 60_000);
      await spread();
      await send();
      assert.equal(services.received.length, 2);
      await drop(id);
    });

    test('alarms begin once and end once, whoever looks, and begin anew', async () => {
      const id = await target(['channel.blocked', 'channel.recovered', 'stock.out', 'stock.back', 'callbacks.failing']);
      const alarm = { name: 'test.alarm', begins: 'stock.out', ends: 'stock.back', detail: {} } as const;
      const both = (way: typeof raiseAlarm) =>
        Promise.all([1, 2, 3].map(() => shop.database.transact('test', (tx) => way(tx, alarm, shop.clock.now()))));
      for (const way of [raiseAlarm, endAlarm as typeof raiseAlarm, raiseAlarm, endAlarm as typeof raiseAlarm])
        assert.deepEqual((await both(way)).filter(Boolean).length, 1);
      const at = { channel: 'testpay', reason: 'silent', actor: 'system' };
      for (let i = 0; i < 3; i++) await blockChannel(shop.world, { ...at, by: 'health' });
      await unblockChannel(shop.world, at);
      const watch = createCallbackWatch(shop.world);
      for (let i = 0; i < 40; i++) watch.note(false);
      for (let i = 0; i < 2; i++) watch.note(true);
      watch.note(true);
      await until('the alarm is on record', async () =>
        Boolean(
          (await shop.database.read.selectFrom('alarms').selectAll().where('name', '=', 'callbacks').execute())[0],
        ),
      );
      await spread();
      await send();
      const events = services.received.flatMap((one) => (one.body.events as { event: string }[]).map((it) => it.event));
      assert.deepEqual(events.sort(), [
        'callbacks.failing',
        'channel.blocked',
        'channel.recovered',
        'stock.back',
        'stock.back',
        'stock.out',
        'stock.out',
      ]);
      assert.equal((await runScan(shop.world, 'end-alarms')).mended, 0);
      shop.clock.advance(600_001);
      assert.equal((await runScan(shop.world, 'end-alarms')).mended, 1);
      await drop(id);
    });

    test('stock that falls to its line, runs out and comes back is told each once', async () => {
      const id = await target(['stock.low', 'stock.out', 'stock.back']);
      const skuId = await shop.stockedSku(12);
      const never = await shop.newSku();
      const look = async (): Promise<string[]> => {
        shop.clock.advance(700_000);
        await runScan(shop.world, 'stock-alerts');
        await runScan(shop.world, 'stock-alerts');
        services.received.length = 0;
        await spread();
        await send();
        return services.received
          .flatMap((one) => one.body.events as { event: string; detail: { skuId: number } }[])
          .filter(({ detail }) => detail.skuId === skuId || detail.skuId === never)
          .map(({ event }) => event);
      };
      assert.deepEqual(await look(), []);
      await shop.pay(await shop.place([{ skuId, quantity: 5 }]));
      assert.deepEqual(await look(), ['stock.low']);
      await shop.pay(await shop.place([{ skuId, quantity: 7 }]));
      assert.deepEqual(await look(), ['stock.out']);
      await shop.importText(skuId, Array.from({ length: 30 }, (_, i) => `again${i}----s${i}`).join('\n'));
      assert.deepEqual(await look(), ['stock.back']);
      await drop(id);
    });

    test('a case that is found again after it was closed is no news; contradictions in the data are grave', async () => {
      const id = await target(['review.opened', 'audit.failed']);
      const open = () =>
        shop.database.transact('test', (tx) =>
          openReviewCases(
            tx,
            [
              { kind: 'dispute', about: 'd1', detail: {} },
              { kind: 'journal_mismatch', about: 'j1', detail: {} },
            ],
            shop.clock.now(),
          ),
        );
      await open();
      await shop.database.transact('test', async (tx) => {
        await tx.deleteFrom('shop_events').where('spread_at', 'is not', null).execute();
      });
      await spread();
      await send();
      assert.equal(services.received.length, 1);
      assert.equal(services.received[0]?.body.severity, 'P0');
      await shop.database.transact('test', (tx) => tx.deleteFrom('shop_events').execute());
      await open();
      assert.equal((await spread()).spread, 0);
      await drop(id);
    });

    test('two people change a target: one wins, the other is told; a target that is gone gets nothing', async () => {
      const id = await target(['refund.done']);
      const change = (name: string) => updateTarget(deps(), { id, version: 1, name, actor: name });
      const outcomes = await Promise.all([change('a'), change('b')]);
      assert.deepEqual(outcomes.map((one) => one.kind).sort(), ['changed', 'edit-conflict']);
      await record([{ event: 'refund.done', about: 'gone', detail: { amountMinor: 1, currency: 'CNY' } }]);
      await spread();
      await removeTarget(deps(), { id, version: 2, actor: 'test' });
      await send();
      assert.equal(services.received.length, 0);
      assert.equal((await outboxOf(id))[0]?.status, 'failed');
    });
  });
}
