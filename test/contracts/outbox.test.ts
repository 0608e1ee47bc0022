/** The outbox on both databases: sent at least once, never given up, one worker at a time for each message. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { enqueue, requeue } from '../../server/delivery/outbox-store.ts';
import { runOutbox } from '../../server/delivery/run-outbox.ts';
import { type OutboxDeps, sendOutbox, type Topic, tellAfterFailures } from '../../server/delivery/send-outbox.ts';
import { closeReviewCase, listReviewCases, openReviewCases } from '../../server/payment/review-store.ts';
import { settledFailures } from '../../server/payment/settled-case-store.ts';
import { createNudges } from '../../server/platform/nudges.ts';
import { createLog } from '../../server/platform/observe/log.ts';
import { createMetrics } from '../../server/platform/observe/metrics.ts';
import { movingClock } from '../kit/moving-clock.ts';
import { dialects, newShopDatabase, type ShopDatabase } from '../kit/shop-database.ts';

for (const dialect of dialects) {
  suite(`outbox on ${dialect}`, () => {
    let shop: ShopDatabase;
    const clock = movingClock();
    before(async () => {
      shop = await newShopDatabase(dialect, clock);
    });
    after(() => shop.close());

    const topic = (send: Topic['send'], more: Partial<Topic> = {}): Topic => ({
      send,
      maxWaitMs: 600_000,
      slowWaitMs: 3_600_000,
      mayBeStopped: true,
      ...more,
    });
    const worker = (topics: Record<string, Topic>, owner = 'w1'): OutboxDeps => ({
      database: shop.database,
      clock,
      log: createLog('silent'),
      metrics: createMetrics(),
      topics,
      owner,
      tellPerson: async (tx, message, error) => {
        const failure = { kind: 'delivery_failed' as const, about: message.id, detail: { error } };
        await openReviewCases(tx, [failure], clock.now());
      },
      settledByPerson: (ids) => settledFailures(shop.database.read, ids),
    });
    const put = (topic: string, ...ids: string[]) =>
      shop.database.transact('test', (tx) =>
        enqueue(
          tx,
          ids.map((id) => ({ id, topic, payload: { id } })),
          clock.now(),
        ),
      );
    const row = async (id: string) =>
      (await shop.database.read.selectFrom('outbox').selectAll().where('id', '=', id).execute())[0];

    test('a message is sent once, and putting it in again changes nothing', async () => {
      const sent: string[] = [];
      const deps = worker({ note: topic(async ({ payload }) => void sent.push(String(payload.id))) });
      await put('note', 'a1', 'a2');
      await put('note', 'a1');
      while (await sendOutbox(deps));
      await put('note', 'a1');
      while (await sendOutbox(deps));
      assert.deepEqual(sent.sort(), ['a1', 'a2']);
      assert.equal((await row('a1'))?.status, 'done');
    });

    test('many workers at once send each of 200 messages once', async () => {
      const sent: string[] = [];
      const ids = Array.from({ length: 200 }, (_, i) => `many-${i}`);
      await put('note', ...ids);
      const one = async (owner: string) => {
        const deps = worker({ note: topic(async ({ id }) => void sent.push(id)) }, owner);
        while (await sendOutbox(deps));
      };
      await Promise.all(['w1', 'w2', 'w3', 'w4'].map(one));
      assert.equal(sent.length, 200);
      assert.equal(new Set(sent).size, 200);
    });

    test('a topic that this worker does not know waits for one that does', async () => {
      await put('carrier-pigeon', 'p1');
      assert.equal(await sendOutbox(worker({ note: topic(async () => undefined) })), 0);
      assert.equal((await row('p1'))?.status, 'pending');
      while (await sendOutbox(worker({ 'carrier-pigeon': topic(async () => undefined) })));
      assert.equal((await row('p1'))?.status, 'done');
    });

    test('a worker that dies while sending leaves the message to the next one when its lease runs out', async () => {
      await put('note', 'd1');
      const dying = worker({ note: topic(() => new Promise(() => {})) }, 'dies');
      void sendOutbox(dying);
      while (!(await row('d1'))?.lease_owner) await new Promise((resolve) => setTimeout(resolve, 5));
      const sent: string[] = [];
      const next = worker({ note: topic(async ({ id }) => void sent.push(id)) }, 'lives');
      assert.equal(await sendOutbox(next), 0);
      clock.advance(120_001);
      assert.equal(await sendOutbox(next), 1);
      assert.deepEqual(sent, ['d1']);
    });

    test('failures wait longer each time, and a person is told once, after ten; the message goes on', async () => {
      let tries = 0;
      const deps = worker({ bad: topic(async () => `no, for the ${++tries}. time`) });
      await put('bad', 'b1');
      const waits: number[] = [];
      for (let i = 0; i < tellAfterFailures + 3; i++) {
        assert.equal(await sendOutbox(deps), 1);
        const waitMs = ((await row('b1'))?.next_at as number) - clock.now();
        waits.push(waitMs);
        assert.equal(await sendOutbox(deps), 0);
        clock.advance(waitMs + 1);
        const cases = await listReviewCases(shop.database.read, { kind: 'delivery_failed', limit: 10 });
        assert.equal(cases.length, i + 1 >= tellAfterFailures ? 1 : 0);
      }
      assert.ok((waits[0] as number) <= 2_000 && (waits.at(-1) as number) > 600_000, waits.join());
      assert.ok(waits.slice(0, tellAfterFailures).every((wait) => wait <= 600_000));
      assert.equal((await row('b1'))?.attempts, tellAfterFailures + 3);

      const [open] = await listReviewCases(shop.database.read, { kind: 'delivery_failed', limit: 1 });
      const settled = { action: 'close' as const, actor: 'owner:test', reason: 'no such mailbox' };
      await shop.database.transact('test', (tx) => closeReviewCase(tx, open?.id as number, settled, clock.now()));
      await sendOutbox(worker({ bad: topic(async () => 'still no', { mayBeStopped: false }) }));
      assert.equal((await row('b1'))?.status, 'pending');
      clock.advance(3_600_001);
      await sendOutbox(deps);
      assert.equal((await row('b1'))?.status, 'stopped');
      assert.equal(tries, tellAfterFailures + 3);
    });

    test('what was taken for done can be made due again', async () => {
      const message = { id: 'a1', topic: 'note', payload: {} };
      const put = () => shop.database.transact('test', (tx) => requeue(tx, [message], clock.now()));
      assert.equal(await put(), 1);
      assert.equal((await row('a1'))?.status, 'pending');
      assert.equal(await put(), 0);
      while (await sendOutbox(worker({ note: topic(async () => undefined) })));
    });

    test('a nudge wakes the loop, and stopping waits for what is in hand', async () => {
      const nudges = createNudges();
      const stop = new AbortController();
      const started = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const slow = topic(async () => {
        started.resolve();
        await release.promise;
        return undefined;
      });
      const running = runOutbox({ ...worker({ slow }), nudges }, stop.signal);
      await put('slow', 's1');
      nudges.send('outbox', 'test');
      await started.promise;
      stop.abort();
      release.resolve();
      await running;
      assert.equal((await row('s1'))?.status, 'done');
    });
  });
}
