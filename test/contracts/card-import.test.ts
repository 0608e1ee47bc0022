/** Importing cards on both databases: large and messy files, repeated, interrupted and at the same time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, suite, test } from 'node:test';
import { importCards } from '../../server/card/import-cards.ts';
import { Keyring } from '../../server/card/keyring.ts';
import type { Database } from '../../server/platform/db/database.ts';
import { DatabaseError } from '../../server/platform/db/errors.ts';
import { type CardShelf, newCardShelf, region } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';

/** 100,000 cards and everything that comes with real files: 104,202 lines that are not blank. */
function messyFile(): { text: string; total: number; duplicates: number[]; rejected: number[] } {
  const lines: string[] = [];
  const duplicates: number[] = [];
  const rejected: number[] = [];
  let total = 0;
  const add = (line: string, to?: number[]) => {
    lines.push(line);
    if (line.trim() !== '') total++;
    to?.push(lines.length);
  };
  for (let i = 0; i < 100_000; i++) {
    add(i % 2 === 0 ? `NUMBER-${i}----SECRET-${i}` : `SECRET-ONLY-${i}`);
    if (i % 10 === 0) add('   ');
    if (i % 25 === 0) add(`NUMBER-${i - (i % 1000)}----OTHER-${i}`, duplicates); // a number again, near or far
    if (i % 500 === 0) add(`NUMBER-${i}x----`, rejected);
  }
  add('SECRET-ONLY-1', duplicates);
  add('bad\u0007bell', rejected);
  return { text: `\ufeff${lines.join('\r\n')}`, total, duplicates, rejected };
}

async function* inParts(text: string, bytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  const data = Buffer.from(text);
  for (let at = 0; at < data.length; at += bytes) yield data.subarray(at, at + bytes);
}

/** INV-6: what the batches of a SKU say they brought is what stands on the shelf. */
async function assertCounted(database: Database, skuId: number): Promise<number> {
  const cards = await database.read
    .selectFrom('card_keys')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('sku_id', '=', skuId)
    .executeTakeFirstOrThrow();
  const batches = await database.read.selectFrom('card_batches').selectAll().where('sku_id', '=', skuId).execute();
  const imported = batches.reduce((sum, batch) => sum + batch.imported, 0);
  assert.equal(Number(cards.count), imported);
  for (const batch of batches) assert.equal(batch.imported + batch.duplicates + batch.rejected, batch.total_lines);
  return imported;
}

/** Counts what is computed between two turns of the event loop. */
class CountingKeyring extends Keyring {
  longest = 0;
  #calls = 0;
  #count() {
    if (this.#calls === 0) setImmediate(() => (this.#calls = 0));
    this.longest = Math.max(this.longest, ++this.#calls);
  }
  override hash(identity: string) {
    this.#count();
    return super.hash(identity);
  }
  override seal(...args: Parameters<Keyring['seal']>) {
    this.#count();
    return super.seal(...args);
  }
}

for (const dialect of dialects) {
  suite(`importing cards on ${dialect}`, () => {
    let shelf: CardShelf;
    before(async () => {
      shelf = await newCardShelf(dialect);
    });
    after(() => shelf.close());

    test('100,000 messy lines are all accounted for', async (t) => {
      const skuId = await shelf.newSku();
      const file = messyFile();
      const delay = monitorEventLoopDelay({ resolution: 1 });
      const progress: number[] = [];
      delay.enable();
      const started = performance.now();
      const outcome = await importCards(shelf.deps, {
        skuId,
        source: inParts(file.text),
        sourceName: 'messy.txt',
        actor: 'test',
        totalBytes: Buffer.byteLength(file.text),
        onProgress: ({ bytes, totalBytes }) => progress.push(bytes / (totalBytes ?? 0)),
      });
      const seconds = (performance.now() - started) / 1000;
      delay.disable();
      t.diagnostic(`${Math.round(file.total / seconds)} lines/s, longest stretch ${Math.round(delay.max / 1e6)} ms`);
      assert.ok(outcome.kind === 'imported');
      const { report } = outcome;
      assert.equal(report.total, file.total);
      assert.equal(report.imported, 100_000);
      assert.equal(report.duplicates.count, file.duplicates.length);
      assert.deepEqual(report.duplicates.lines, file.duplicates.slice(0, 1000));
      assert.deepEqual(
        report.rejected.lines.map(({ line }) => line),
        file.rejected.slice(0, 1000),
      );
      assert.equal(await assertCounted(shelf.database, skuId), 100_000);
      assert.ok(progress.every((value, i) => value >= (progress[i - 1] ?? 0)) && progress.at(-1) === 1);
      const again = await importCards(shelf.deps, {
        skuId,
        source: inParts(file.text),
        sourceName: 'messy.txt',
        actor: 'test',
      });
      assert.ok(again.kind === 'imported');
      assert.deepEqual([again.report.imported, again.report.duplicates.count], [0, file.total - file.rejected.length]);
      assert.equal(await assertCounted(shelf.database, skuId), 100_000);
    });

    test('the event loop turns at least every 100 lines', async () => {
      const keyring = new CountingKeyring({ path: shelf.keyPath, clock: shelf.clock, strict: true });
      const text = Array.from({ length: 3000 }, (_, i) => `STRETCH-${i}----x`).join('\n');
      const input = { skuId: await shelf.newSku(), source: [text], sourceName: 's', actor: 'test' };
      await importCards({ ...shelf.deps, keyring }, input);
      // A hash, or two encryptions, a line: counting calls, not milliseconds, holds on a busy machine too.
      assert.ok(keyring.longest > 0 && keyring.longest <= 200, `${keyring.longest} calls in one stretch`);
    });

    test('cards lie in the database encrypted, in the order of the file', async () => {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, 'ORDER-N1----ORDER-S1\nORDER-ONLY\nORDER-N3----ORDER-S3');
      const rows = await shelf.database.read
        .selectFrom('card_keys')
        .selectAll()
        .where('sku_id', '=', skuId)
        .orderBy('id')
        .execute();
      const { keyring } = shelf;
      const opened = rows.map(({ card_no_hash: owner, card_no, card_secret, key_id }) => {
        assert.equal(key_id, keyring.activeKeyId);
        assert.doesNotMatch(
          Buffer.from(card_secret).toString('latin1') + Buffer.from(card_no ?? []).toString('latin1'),
          /ORDER/,
        );
        return [
          card_no && keyring.unseal('card-number', owner, card_no),
          keyring.unseal('card-secret', owner, card_secret),
        ];
      });
      assert.deepEqual(opened, [
        ['ORDER-N1', 'ORDER-S1'],
        [null, 'ORDER-ONLY'],
        ['ORDER-N3', 'ORDER-S3'],
      ]);
    });

    test('one number is one card in the whole shop, whatever SKU it is filed under', async () => {
      const [one, two] = [await shelf.newSku(), await shelf.newSku()];
      await shelf.importText(one, 'WHOLE-1----a\nWHOLE-2');
      const outcome = await shelf.importText(two, 'WHOLE-1----b\nWHOLE-2\nWHOLE-2----c\nWHOLE-3');
      assert.ok(outcome.kind === 'imported');
      assert.equal(outcome.report.imported, 1);
      assert.deepEqual(outcome.report.duplicates.lines, [1, 2, 3]);
      await assertCounted(shelf.database, two);
    });

    test('four imports of one file at the same time bring each card once', async () => {
      const skuId = await shelf.newSku();
      const text = Array.from({ length: 4000 }, (_, i) => `RACE-${i}`).join('\n');
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => shelf.importText(skuId, text)));
      const reports = outcomes.map((outcome) => (outcome.kind === 'imported' ? outcome.report : assert.fail()));
      assert.equal(
        reports.reduce((sum, report) => sum + report.imported, 0),
        4000,
      );
      for (const report of reports) assert.equal(report.imported + report.duplicates.count, 4000);
      assert.equal(await assertCounted(shelf.database, skuId), 4000);
    });

    test('a commit whose answer is lost is neither counted twice nor reported as duplicates', async () => {
      const skuId = await shelf.newSku();
      const text = Array.from({ length: 2500 }, (_, i) => `LOST-${i}\nLOST-${i}`).join('\n');
      const forgetful: Database = {
        ...shelf.database,
        // Runs every chunk twice, as after a connection that died between COMMIT and its answer.
        async transact(operation, work, options) {
          const first = await shelf.database.transact(operation, work, options);
          return operation === 'card.import' ? shelf.database.transact(operation, work, options) : first;
        },
      };
      const outcome = await importCards(
        { ...shelf.deps, database: forgetful },
        { skuId, source: [text], sourceName: 'lost.txt', actor: 'test' },
      );
      assert.ok(outcome.kind === 'imported');
      assert.deepEqual([outcome.report.imported, outcome.report.duplicates.count], [2500, 2500]);
      assert.deepEqual(outcome.report.duplicates.lines.slice(0, 3), [2, 4, 6]);
      assert.equal(await assertCounted(shelf.database, skuId), 2500);
    });

    test('killed after its second chunk and run again, it has every card once', async () => {
      const skuId = await shelf.newSku();
      const path = join(shelf.folder, 'killed.txt');
      writeFileSync(path, Array.from({ length: 5000 }, (_, i) => `KILLED-${i}----SECRET-${i}`).join('\n'));
      const program = join(import.meta.dirname, '../kit/import-file.ts');
      const run = (...chunks: string[]) => {
        const args = [program, shelf.url, shelf.keyPath, region, String(skuId), path, ...chunks];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        child.stdout.on('data', (data) => {
          out += data;
        });
        return new Promise<{ signal: string | null; out: string }>((resolve) =>
          child.once('close', (_code, signal) => resolve({ signal, out })),
        );
      };
      assert.equal((await run('2')).signal, 'SIGKILL');
      assert.equal(await assertCounted(shelf.database, skuId), 2000);
      const { report } = JSON.parse((await run()).out);
      assert.deepEqual([report.imported, report.duplicates.count], [3000, 2000]);
      assert.equal(await assertCounted(shelf.database, skuId), 5000);
    });

    test('an upload that breaks off brings no half card, and says how far it got', async () => {
      const skuId = await shelf.newSku();
      async function* broken() {
        yield Array.from({ length: 1500 }, (_, i) => `BROKEN-${i}`).join('\n');
        throw new Error('aborted');
      }
      const outcome = await shelf.importText(skuId, '', { source: broken() });
      assert.ok(outcome.kind === 'interrupted');
      assert.equal(outcome.report.imported, 1000);
      assert.equal(await assertCounted(shelf.database, skuId), 1000);
      const batch = await shelf.database.read
        .selectFrom('card_batches')
        .selectAll()
        .where('id', '=', outcome.report.batchId)
        .executeTakeFirstOrThrow();
      assert.equal(batch.status, 'interrupted');
      assert.ok(batch.finished_at);
    });

    test('a database that stays away is an error, and the source is let go', async () => {
      const skuId = await shelf.newSku();
      let letGo = false;
      async function* source() {
        try {
          for (let i = 0; ; i++) yield `AWAY-${i}\n`.repeat(100);
        } finally {
          letGo = true;
        }
      }
      const away: Database = {
        ...shelf.database,
        transact: (operation, work) =>
          operation === 'card.import'
            ? Promise.reject(new DatabaseError('unavailable', operation, new Error('gone')))
            : shelf.database.transact(operation, work),
      };
      await assert.rejects(
        importCards({ ...shelf.deps, database: away }, { skuId, source: source(), sourceName: 's', actor: 'test' }),
        DatabaseError,
      );
      assert.ok(letGo);
    });

    test('two that write to one batch are a bug, and found', async () => {
      const skuId = await shelf.newSku();
      async function* meddled() {
        yield 'MEDDLED\n'.repeat(1000);
        await shelf.database.transact('test.meddle', (tx) =>
          tx.updateTable('card_batches').set({ total_lines: 7 }).where('sku_id', '=', skuId).execute(),
        );
        yield 'MEDDLED-TOO\n';
      }
      await assert.rejects(shelf.importText(skuId, '', { source: meddled() }), /counted by somebody else/);
    });

    test('a SKU that is missing, or delivers otherwise, takes no cards', async () => {
      assert.deepEqual(await shelf.importText(999_999, 'x'), { kind: 'sku-not-found' });
      assert.deepEqual(await shelf.importText(await shelf.newSku('loop'), 'x'), { kind: 'sku-not-cards' });
      assert.deepEqual(await shelf.importText(1, 'x', { separator: '\n' }), { kind: 'separator-invalid' });
    });

    test('long lines are committed in smaller chunks', async () => {
      const skuId = await shelf.newSku();
      const text = Array.from({ length: 1000 }, (_, i) => `LONG-${i}----${'x'.repeat(4000)}`).join('\n');
      const outcome = await shelf.importText(skuId, text);
      assert.ok(outcome.kind === 'imported');
      assert.equal(outcome.report.imported, 1000);
    });
  });
}
