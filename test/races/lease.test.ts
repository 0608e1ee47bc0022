/** Leases on both databases: one holder at a time, a paused one notices, a dead one is replaced. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { systemClock } from '../../server/platform/clock.ts';
import { type Lease, LeaseLost, withLease } from '../../server/platform/lease.ts';
import { movingClock } from '../kit/moving-clock.ts';
import { dialects, newShopDatabase, type ShopDatabase } from '../kit/shop-database.ts';

const lifetimeMs = 300;

for (const dialect of dialects) {
  suite(`leases on ${dialect}`, () => {
    let shop: ShopDatabase;
    before(async () => {
      shop = await newShopDatabase(dialect);
    });
    after(() => shop.close());

    /** A process that wants the lease; `leads` resolves each time it gets it. */
    function contender(name: string, holder: string, clock = systemClock) {
      const stop = new AbortController();
      let got = Promise.withResolvers<Lease>();
      const ended = withLease(
        { database: shop.database, clock },
        { name, holder, lifetimeMs },
        stop.signal,
        (lease) => {
          got.resolve(lease);
          return new Promise((resolve) => lease.signal.addEventListener('abort', () => resolve()));
        },
      );
      return {
        leads: () => got.promise,
        next: () => {
          got = Promise.withResolvers<Lease>();
          return got.promise;
        },
        stop: () => {
          stop.abort();
          return ended;
        },
      };
    }

    test('of many that want it one holds it, and hands it on when it stops', async () => {
      const holders = Array.from({ length: 5 }, (_, i) => contender('handed-on', `h${i}`));
      const numbers: number[] = [];
      for (let i = 0; i < 5; i++) {
        const waiting = holders.map((one, at) => one.leads().then((lease) => ({ lease, at })));
        const { lease, at } = await Promise.race(waiting);
        numbers.push(lease.fencing);
        assert.ok(lease.held());
        await holders[at]?.stop();
        assert.ok(!lease.held() || lease.signal.aborted);
        holders.splice(at, 1);
      }
      assert.deepEqual(numbers, [1, 2, 3, 4, 5]);
    });

    test('it is kept by renewing: a second one waits in vain', async () => {
      const first = contender('kept', 'a');
      const lease = await first.leads();
      const second = contender('kept', 'b');
      const winner = await Promise.race([
        second.leads().then(() => 'second'),
        new Promise((resolve) => setTimeout(resolve, lifetimeMs * 3, 'first')),
      ]);
      assert.equal(winner, 'first');
      assert.ok(lease.held());
      await Promise.all([first.stop(), second.stop()]);
    });

    test('a holder that wakes from a long pause knows that it holds nothing, by its own clock', async () => {
      const clock = movingClock();
      const paused = contender('paused', 'a', clock);
      const lease = await paused.leads();
      assert.ok(lease.held());
      clock.advance(lifetimeMs);
      assert.ok(!lease.held());
      await assert.rejects(
        shop.database.transact('test', (tx) => lease.confirm(tx)),
        LeaseLost,
      );
      await paused.stop();
    });

    test('a write by the old holder fails in its transaction once another has taken over', async () => {
      const old = contender('fenced', 'a');
      const lease = await old.leads();
      await shop.database.transact('test', (tx) => lease.confirm(tx));
      const row = { holder: 'b', fencing: lease.fencing + 1, expires_at: 5 };
      await shop.database.transact('test.take-over', (tx) =>
        tx.updateTable('leases').set(row).where('name', '=', 'fenced').execute(),
      );
      await assert.rejects(
        shop.database.transact('test', (tx) => lease.confirm(tx)),
        LeaseLost,
      );
      await old.stop();
      const after = await shop.database.read.selectFrom('leases').selectAll().where('name', '=', 'fenced').execute();
      assert.equal(after[0]?.holder, 'b');
    });

    test('a holder that died is replaced after one lifetime, whatever time its row claims', async () => {
      const farFuture = { name: 'dead', holder: 'gone', fencing: 7, expires_at: Date.now() + 86_400_000 };
      await shop.database.transact('test', (tx) => tx.insertInto('leases').values(farFuture).execute());
      const next = contender('dead', 'next');
      assert.equal((await next.leads()).fencing, 8);
      await next.stop();
    });
  });
}
