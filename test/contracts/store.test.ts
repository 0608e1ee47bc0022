/** What every store relies on, the same on both databases: set-wise statements, and a transaction that runs again when it must. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { CompiledQuery } from 'kysely';
import { insertRows, selectEach, selectIn, updateIn, updateRows } from '../../server/platform/db/bulk.ts';
import type { Database, Tx } from '../../server/platform/db/database.ts';
import { DatabaseError, RowsChanged } from '../../server/platform/db/errors.ts';
import { dialects, newShopDatabase, type ShopDatabase } from '../kit/shop-database.ts';

const setting = (name: string, value = 'v') => ({ name, value, updated_at: 1 });

for (const dialect of dialects) {
  suite(`statements and transactions on ${dialect}`, () => {
    let shop: ShopDatabase;
    let database: Database;
    before(async () => {
      shop = await newShopDatabase(dialect);
      database = shop.database;
    });
    after(() => shop.close());

    const write = <T>(work: (tx: Tx) => Promise<T>) => database.transact('test', work);
    const put = (rows: { name: string; value: string; updated_at: number }[], onConflict?: 'ignore') =>
      write((tx) => insertRows(tx, 'settings', rows, onConflict && { onConflict }));
    const valuesOf = async (names: readonly string[]) => {
      const rows = await selectIn<{ name: string; value: string }>(
        database.read,
        'SELECT name, value FROM settings WHERE name IN (?)',
        names,
      );
      return new Map(rows.map((row) => [row.name, row.value]));
    };

    test('what is inserted is read back to the letter', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom("'", '\\', '%_', '😀', '\0', '"', '?', ':a', '--', '\n', ''),
      );
      let serial = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
          const rows = texts.map((value) => setting(`text-${++serial}`, value.toWellFormed()));
          assert.equal(await put(rows), rows.length);
          const found = await valuesOf(rows.map(({ name }) => name));
          for (const { name, value } of rows) assert.equal(found.get(name), value);
        }),
        { numRuns: 60 },
      );
    });

    test('bytes, empty values and the largest numbers survive', async () => {
      const secret = new Uint8Array([0, 1, 39, 92, 255, 10, 13, 26]);
      const row = { sku_id: Number.MAX_SAFE_INTEGER, secret, key_id: 1, version: 1, updated_at: 1 };
      await write((tx) => insertRows(tx, 'loop_cards', [row]));
      const found = await database.read
        .selectFrom('loop_cards')
        .selectAll()
        .where('sku_id', '=', row.sku_id)
        .executeTakeFirstOrThrow();
      assert.deepEqual([found.sku_id, [...found.secret]], [row.sku_id, [...secret]]);
      const empty = { code: 'X', kind: 'k', name: 'n', config: null, created_at: 1, updated_at: 1 };
      await write((tx) => insertRows(tx, 'channels', [empty]));
      const channel = await database.read
        .selectFrom('channels')
        .select('config')
        .where('code', '=', 'X')
        .executeTakeFirstOrThrow();
      assert.equal(channel.config, null);
    });

    test('rows that are there already are left alone and not counted; without leave to ignore them it fails', async () => {
      assert.equal(await put([setting('kept', 'first')]), 1);
      assert.equal(await put([setting('kept', 'second'), setting('fresh')], 'ignore'), 1);
      assert.equal((await valuesOf(['kept'])).get('kept'), 'first');
      await assert.rejects(put([setting('kept', 'third')]), DatabaseError);
      assert.equal(await put([], 'ignore'), 0);
    });

    test('many rows change at once, each to a value of its own, and only those that are as expected', async () => {
      const rows = Array.from({ length: 300 }, (_, i) => setting(`many-${i}`, i % 3 === 0 ? 'odd' : 'even'));
      await put(rows);
      const wanted = rows.map(({ name }, i) => ({ name, value: `new ${i}` }));
      const fixed = { set: 'version = version + 1', where: "value = 'even'" };
      assert.equal(await write((tx) => updateRows(tx, 'settings', 'name', wanted, fixed)), 200);
      const found = await valuesOf(rows.map(({ name }) => name));
      for (const [i, { name }] of rows.entries()) assert.equal(found.get(name), i % 3 === 0 ? 'odd' : `new ${i}`);
      assert.equal(await write((tx) => updateRows(tx, 'settings', 'name', [], fixed)), 0);
    });

    test('columns that are the same for all rows, absent for all, or absent for some are written as they are', async () => {
      const channel = (i: number) => ({ code: `mixed-${i}`, kind: 'k', name: 'n', config: null, created_at: 1 });
      const rows = Array.from({ length: 9 }, (_, i) => ({ ...channel(i), updated_at: 1 }));
      await write((tx) => insertRows(tx, 'channels', rows));
      const config = (i: number) => (i % 2 === 0 ? new Uint8Array([i, 39, 0]) : null);
      const change = async (same: Uint8Array | null | undefined) => {
        const wanted = rows.map(({ code }, i) => ({
          code,
          kind: 'same',
          name: `name ${i}`,
          config: same === undefined ? config(i) : same,
        }));
        assert.equal(
          await write((tx) => updateRows(tx, 'channels', 'code', wanted, { set: 'version = version + 1' })),
          9,
        );
        const query = database.read.selectFrom('channels').selectAll().where('code', 'like', 'mixed-%').orderBy('code');
        for (const [i, row] of (await query.execute()).entries()) {
          assert.deepEqual([row.kind, row.name], ['same', `name ${i}`]);
          assert.deepEqual(row.config && [...row.config], wanted[i]?.config && [...wanted[i].config]);
        }
      };
      await change(undefined);
      await change(new Uint8Array([7]));
      await change(null);
    });

    test('the same change to many rows counts those that were as expected', async () => {
      const rows = Array.from({ length: 50 }, (_, i) => setting(`same-${i}`, i < 20 ? 'a' : 'b'));
      await put(rows);
      const names = rows.map(({ name }) => name);
      const change = { set: 'value = ?, updated_at = ?', params: ['c', 7], where: "value = 'a'" };
      assert.equal(await write((tx) => updateIn(tx, 'settings', 'name', [...names, 'nobody'], change)), 20);
      assert.equal(await write((tx) => updateIn(tx, 'settings', 'name', names, change)), 0);
      assert.equal([...(await valuesOf(names)).values()].filter((value) => value === 'c').length, 20);
    });

    test('a question for each of many gets all answers together', async () => {
      await put(['x-1', 'x-2', 'y-1'].map((name) => setting(name)));
      const ask = 'SELECT name FROM settings WHERE name >= ? AND name < ? ORDER BY name LIMIT ?';
      const ranges = [
        ['x-', 'x-9', 1],
        ['y-', 'y-9', 5],
        ['z-', 'z-9', 5],
      ];
      const rows = await write((tx) => selectEach<{ name: string }>(tx, ask, ranges, { lock: 'skip-locked' }));
      assert.deepEqual(rows.map(({ name }) => name).sort(), ['x-1', 'y-1']);
      assert.deepEqual(await write((tx) => selectEach(tx, ask, [])), []);
    });

    test('what is thrown undoes everything, and passes through untouched', async () => {
      const ours = new Error('an expected outcome');
      const failing = write(async (tx) => {
        await insertRows(tx, 'settings', [setting('undone')]);
        throw ours;
      });
      await assert.rejects(failing, (error) => error === ours);
      assert.equal((await valuesOf(['undone'])).size, 0);
    });

    test('who finds rows changed under their hands starts over, on a clean table', async () => {
      let tries = 0;
      const counted = await write(async (tx) => {
        const inserted = await insertRows(tx, 'settings', [setting('again')], { onConflict: 'ignore' });
        if (++tries < 4) throw new RowsChanged('somebody was faster');
        return inserted;
      });
      assert.deepEqual([tries, counted], [4, 1]);
      const never = database.transact('test', async () => Promise.reject(new RowsChanged('always')), {
        deadlineMs: 100,
      });
      await assert.rejects(never, (error) => error instanceof DatabaseError && error.errorClass === 'retry');
    });

    test('a commit whose answer is lost is run again with the same keys, and happens once', async () => {
      let tries = 0;
      const inserted: number[] = [];
      await write(async (tx) => {
        inserted.push(await insertRows(tx, 'settings', [setting('lost answer')], { onConflict: 'ignore' }));
        if (++tries > 1) return;
        await commitBehindItsBack(database, tx);
      });
      assert.deepEqual([tries, inserted], [2, [1, 0]]);
      assert.equal((await valuesOf(['lost answer'])).size, 1);
    });

    test('two that raise one number at once raise it twice', async () => {
      await put([setting('number', '0')]);
      const raise = () =>
        write(async (tx) => {
          const [row] = await selectIn<{ value: string }>(
            tx,
            'SELECT value FROM settings WHERE name IN (?)',
            ['number'],
            { lock: true },
          );
          const value = String(Number(row?.value) + 1);
          await updateIn(tx, 'settings', 'name', ['number'], { set: 'value = ?', params: [value] });
        });
      await Promise.all(Array.from({ length: 20 }, raise));
      assert.equal((await valuesOf(['number'])).get('number'), '20');
    });
  });
}

/** The transaction is committed, but whoever asked for it hears of trouble. */
async function commitBehindItsBack(database: Database, tx: Tx): Promise<void> {
  if (database.dialect === 'sqlite') {
    await tx.executeQuery(CompiledQuery.raw('COMMIT'));
    return;
  }
  const { rows } = await tx.executeQuery<{ id: number }>(CompiledQuery.raw('SELECT CONNECTION_ID() AS id'));
  await tx.executeQuery(CompiledQuery.raw('COMMIT'));
  await database.read.executeQuery(CompiledQuery.raw(`KILL ${rows[0]?.id}`));
}
