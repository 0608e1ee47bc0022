/** Changing the card key while the shop imports and shows cards, on both databases. */
import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { checkKeyring } from '../../server/card/check-keyring.ts';
import { importCards } from '../../server/card/import-cards.ts';
import { createKeyFile, KeyFileError, newKeyFile, readKeyFile } from '../../server/card/key-file.ts';
import { type Keyring, openKeyring, UnknownCardKey } from '../../server/card/keyring.ts';
import { type RotateInput, rotateKeys } from '../../server/card/rotate-keys.ts';
import { setLoopCard } from '../../server/card/set-loop-card.ts';
import { sealManualDelivery, storeManualDelivery } from '../../server/card/store-manual-delivery.ts';
import { type CardShelf, newCardShelf } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';

for (const dialect of dialects) {
  suite(`rotating the card key on ${dialect}`, () => {
    let shelf: CardShelf;
    before(async () => {
      shelf = await newCardShelf(dialect);
    });
    after(() => shelf.close());

    const open = () => openKeyring({ path: shelf.keyPath, clock: shelf.clock, strict: true, create: false });
    const rotate = (input: Partial<RotateInput> = {}, keyring: Keyring = open()) =>
      rotateKeys({ ...shelf, keyring }, { addKey: true, retire: false, ...input });
    /** The key file was changed long ago. */
    const age = () => utimesSync(shelf.keyPath, 1, 1);

    async function everySecret(keyring: Keyring): Promise<string[]> {
      const cards = await shelf.database.read.selectFrom('card_keys').selectAll().orderBy('id').execute();
      return cards.map(({ card_no, card_no_hash: owner, card_secret }) => {
        const number = card_no ? `${keyring.unseal('card-number', owner, card_no)}----` : '';
        return number + keyring.unseal('card-secret', owner, card_secret);
      });
    }

    test('every row is sealed again and reads as before, with progress, and the old key can go later', async () => {
      const [cards, loop] = [await shelf.newSku(), await shelf.newSku('loop')];
      const lines = Array.from({ length: 333 }, (_, i) => (i % 3 ? `ROTATE-${i}----secret ${i}` : `ROTATE-${i}`));
      await shelf.importText(cards, lines.join('\n'));
      await setLoopCard(shelf.deps, { skuId: loop, secret: 'loop secret', actor: 'test' });
      for (let lineNo = 1; lineNo <= 60; lineNo++) {
        const delivery = sealManualDelivery(shelf, { orderId: 'A0', lineNo, content: `line ${lineNo}` });
        await shelf.database.transact('test.deliver', (tx) =>
          storeManualDelivery(tx, delivery ?? assert.fail(), { actor: 'o', now: 1 }),
        );
      }
      const progress: number[] = [];
      const report = await rotate({ retire: true, onProgress: ({ done, total }) => progress.push(done / total) });
      assert.deepEqual(report, {
        activeKeyId: 2,
        resealed: 394,
        unreadable: { count: 0, named: [] },
        rows: [{ keyId: 2, rows: 394 }],
        retired: [],
        kept: [{ keyId: 1, reason: 'changed-recently' }],
      });
      assert.ok(progress.length > 5 && progress.at(-1) === 1);
      assert.deepEqual(await everySecret(open()), lines);

      age();
      const later = await rotate({ addKey: false, retire: true });
      assert.deepEqual([later.resealed, later.retired, later.kept], [0, [1], []]);
      const onlyNew = open();
      assert.deepEqual(onlyNew.keyIds(), [2]);
      assert.deepEqual(await everySecret(onlyNew), lines);
      const [delivery] = await shelf.database.read.selectFrom('manual_deliveries').selectAll().execute();
      assert.equal(onlyNew.unseal('manual-delivery', 'A0 1', delivery?.content ?? assert.fail()), 'line 1');
      // A process that ran all the time reads on, and finds duplicates as before.
      assert.deepEqual(await everySecret(shelf.keyring), lines);
      const again = await shelf.importText(cards, lines.join('\n'));
      assert.ok(again.kind === 'imported' && again.report.duplicates.count === 333);
    });

    test('an import that runs all the while loses nothing, and no row stays on the old key', async () => {
      const skuId = await shelf.newSku();
      const keyring = open();
      const oldKey = keyring.activeKeyId;
      async function* slowly() {
        for (let i = 0; i < 40; i++) {
          yield Array.from({ length: 500 }, (_, j) => `WHILE-${i * 500 + j}----s\n`).join('');
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
      const [outcome, report] = await Promise.all([
        importCards({ ...shelf.deps, keyring }, { skuId, source: slowly(), sourceName: 's', actor: 'test' }),
        rotate(),
      ]);
      assert.ok(outcome.kind === 'imported' && outcome.report.imported === 20_000);
      const late = await rotate({ addKey: false });
      assert.deepEqual(
        late.rows.map((row) => row.keyId),
        [report.activeKeyId],
      );
      assert.equal(report.activeKeyId, oldKey + 1);
      const secrets = await everySecret(open());
      assert.equal(secrets.filter((secret) => secret.startsWith('WHILE-')).length, 20_000);
    });

    test('what a process sealed with the old key during the rotation is found by its last rounds', async () => {
      const skuId = await shelf.newSku();
      const frozen = { now: () => 1, monotonicMs: () => 1 };
      const behind = openKeyring({ path: shelf.keyPath, clock: frozen, strict: true, create: false });
      let late: ReturnType<typeof importCards> | undefined;
      const report = await rotate({
        onProgress({ done, total }) {
          if (done < total) return;
          const input = { skuId, source: ['BEHIND-1\nBEHIND-2'], sourceName: 's', actor: 'test' };
          late ??= importCards({ ...shelf.deps, keyring: behind }, input);
        },
      });
      assert.equal((await late)?.kind, 'imported');
      assert.equal(behind.activeKeyId, report.activeKeyId - 1);
      assert.deepEqual(
        report.rows.map((row) => row.keyId),
        [report.activeKeyId],
      );
    });

    test('stopped half-way, it goes on where it was', async () => {
      const stop = new Error('stopped');
      const first = rotate({
        onProgress: ({ done }) => {
          if (done > 200) throw stop;
        },
      });
      await assert.rejects(first, stop);
      const total = (await everySecret(open())).length;
      const second = await rotate({ addKey: false });
      assert.ok(second.resealed > 0 && second.resealed < total);
      assert.equal(second.rows.length, 1);
    });

    test('a damaged row is named and left; its key stays, all others move', async () => {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, 'DAMAGED-1\nDAMAGED-2');
      const [one = 0] = await shelf.cardIds(skuId);
      await shelf.database.transact('test.damage', async (tx) => {
        const row = await tx
          .selectFrom('card_keys')
          .select('card_secret')
          .where('id', '=', one)
          .executeTakeFirstOrThrow();
        const damaged = Buffer.from(row.card_secret);
        damaged[40] = (damaged[40] as number) ^ 1;
        await tx.updateTable('card_keys').set({ card_secret: damaged }).where('id', '=', one).execute();
      });
      const keyId = open().activeKeyId;
      await rotate();
      age();
      const report = await rotate({ addKey: false, retire: true });
      assert.deepEqual(report.unreadable, { count: 1, named: [`card ${one}`] });
      assert.ok(report.kept.some((kept) => kept.keyId === keyId && kept.reason === 'in-use'));
      assert.ok(open().keyIds().includes(keyId));
      await shelf.database.transact('test.mend', (tx) => tx.deleteFrom('card_keys').where('id', '=', one).execute());
    });

    test('two rotations at once: one changes the file, the other is told so', async () => {
      const before = open().keyIds().length;
      const results = await Promise.allSettled([rotate(), rotate()]);
      const failed = results.filter((result) => result.status === 'rejected');
      assert.equal(open().keyIds().length, before + results.length - failed.length);
      for (const { reason } of failed) assert.ok(reason instanceof KeyFileError);
      await everySecret(open());
      writeFileSync(`${shelf.keyPath}.lock`, '');
      await assert.rejects(rotate(), { name: 'KeyFileError', message: /another program is changing/ });
      assert.equal(open().keyIds().length, before + results.length - failed.length);
    });

    test('a start finds out whether the key file opens the stock', async () => {
      const check = (keyring: Keyring) => checkKeyring({ ...shelf, keyring });
      assert.deepEqual(await check(open()), { kind: 'ok' });
      const { content } = readKeyFile(shelf.keyPath, true);
      const { active, keys } = content;
      const fileWith = (change: Partial<typeof content>) => {
        const path = `${shelf.folder}/check-${Math.random()}/master.key`;
        createKeyFile(path, { ...content, ...change });
        return openKeyring({ path, clock: shelf.clock, strict: true, create: false });
      };
      const fresh = newKeyFile(1);
      const renamed = fresh.keys.map((key) => ({ ...key, id: active }));
      assert.deepEqual(await check(fileWith({ ...fresh })), { kind: 'keys-missing', keyIds: [active] });
      assert.deepEqual(await check(fileWith({ keys: renamed })), { kind: 'keys-wrong', keyIds: [active] });
      assert.deepEqual(await check(fileWith({ hashKey: fresh.hashKey })), { kind: 'keys-wrong', keyIds: [active] });
      assert.deepEqual(await check(fileWith({ keys: keys.filter((key) => key.id === active) })), { kind: 'ok' });
    });

    test('with the wrong key file nothing is changed', async () => {
      const { content } = readKeyFile(shelf.keyPath, true);
      const path = `${shelf.folder}/other/master.key`;
      createKeyFile(path, {
        ...newKeyFile(1),
        keys: newKeyFile(1).keys.map((key) => ({ ...key, id: 77 })),
        active: 77,
      });
      const wrong = openKeyring({ path, clock: shelf.clock, strict: true, create: false });
      const report = await rotate({ addKey: false, retire: true }, wrong);
      assert.equal(report.resealed, 0);
      assert.ok(report.unreadable.count > 20_000 && report.unreadable.named.length === 100);
      assert.ok(report.rows.every((row) => content.keys.some((key) => key.id === row.keyId)));
      await assert.rejects(everySecret(wrong), UnknownCardKey);
      await everySecret(open());
    });
  });
}
