/** A card that was sold after the last backup comes back in an import: the database has forgotten it, the journal has not. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { importCards } from '../../server/card/import-cards.ts';
import { issuedHashes } from '../../server/platform/journal/find-in-journal.ts';
import { readIssueJournal } from '../../server/platform/journal/read-issue-journal.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop } from '../kit/trading-shop.ts';

for (const dialect of dialects) {
  suite(dialect, () => {
    test('what was handed out is not put on the shelf again under a new number', async (t) => {
      const shop = await newTradingShop(dialect);
      t.after(() => shop.close());
      const skuId = await shop.newSku();
      const text = 'A-1----first\nA-2----second\nA-3----third\n';
      await shop.importText(skuId, text);
      const reserved = await shop.place([{ skuId, quantity: 1 }]);
      await shop.pay(reserved);
      // One whose reservation had run out gets its card from the shelf.
      const late = await shop.place([{ skuId, quantity: 1 }]);
      await shop.world.database.transact('test.release', (tx) =>
        tx
          .updateTable('card_keys')
          .set({ status: 0, order_id: null })
          .where('order_id', '=', late.id)
          .where('status', '=', 2)
          .execute(),
      );
      await shop.pay(late);
      const hashes: unknown[] = [];
      for await (const entry of readIssueJournal(shop.world.journalFolder)) {
        if (entry.kind === 'record') hashes.push(entry.record.cardHash);
      }
      assert.equal(new Set(hashes).size, 2);
      assert.ok(hashes.every((hash) => typeof hash === 'string'));

      // The backup is from before the cards were imported.
      await shop.world.database.transact('test.forget', async (tx) => {
        await tx.deleteFrom('card_issues').execute();
        await tx.deleteFrom('card_keys').execute();
        await tx.deleteFrom('card_batches').execute();
      });
      const known = { issuedHashes: () => issuedHashes(shop.world.journalFolder) };
      const input = { skuId, source: [text], sourceName: 'again.txt', actor: 'test' };
      const outcome = await importCards({ ...shop.deps, ...known }, input);
      assert.ok(outcome.kind === 'imported', outcome.kind);
      assert.equal(outcome.report.imported, 1);
      assert.equal(outcome.report.duplicates.count, 2);
    });
  });
}
