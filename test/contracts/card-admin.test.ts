/** What the admin does with cards, on both databases. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { listBatches } from '../../server/card/batch-store.ts';
import { findCard } from '../../server/card/find-card.ts';
import { listCards } from '../../server/card/list-cards.ts';
import { quarantineCards, restoreCards, withdrawCards } from '../../server/card/move-cards.ts';
import { createStockCache } from '../../server/card/stock.ts';
import { countByStatus } from '../../server/card/stock-store.ts';
import { stockSummary } from '../../server/card/stock-summary.ts';
import { withdrawBatch } from '../../server/card/withdraw-batch.ts';
import { createFileIssueJournal } from '../../server/platform/journal/file-issue-journal.ts';
import { findInJournal } from '../../server/platform/journal/find-in-journal.ts';
import { type CardShelf, newCardShelf, region } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';

const by = { actor: 'owner:test', reason: 'because' };

for (const dialect of dialects) {
  suite(`cards in the admin on ${dialect}`, () => {
    let shelf: CardShelf;
    before(async () => {
      shelf = await newCardShelf(dialect);
    });
    after(() => shelf.close());

    async function stocked(prefix: string, count: number): Promise<{ skuId: number; ids: number[] }> {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, Array.from({ length: count }, (_, i) => `${prefix}-${i}----s`).join('\n'));
      return { skuId, ids: await shelf.cardIds(skuId) };
    }
    const journalFolder = () => join(shelf.folder, 'issue-journal');
    const restoring = () => ({
      ...shelf,
      inJournal: async (ids: readonly number[]) => new Set((await findInJournal(journalFolder(), ids)).keys()),
    });
    const statusOf = async (id: number) => {
      const query = shelf.database.read.selectFrom('card_keys').selectAll().where('id', '=', id);
      return query.executeTakeFirstOrThrow();
    };

    test('the list goes back page by page, over all statuses or one, and shows no number', async () => {
      const { skuId, ids } = await stocked('LIST', 25);
      await withdrawCards(shelf, { cardIds: ids.slice(3, 6), ...by });
      const seen: number[] = [];
      for (let before: number | undefined; ; ) {
        const page = await listCards(shelf, { skuId, region, limit: 10, before });
        seen.push(...page.cards.map((card) => card.id));
        assert.doesNotMatch(JSON.stringify(page), /LIST/);
        if (page.next === null) break;
        before = page.next;
      }
      assert.deepEqual(seen, [...ids].reverse());
      const withdrawn = await listCards(shelf, { skuId, region, status: 'withdrawn', limit: 10 });
      assert.deepEqual(
        withdrawn.cards.map((card) => card.id),
        ids.slice(3, 6).reverse(),
      );
      const none = await listCards(shelf, { skuId, region, batchId: 999_999, limit: 10 });
      assert.deepEqual(none, { cards: [], next: null });
    });

    test('a card is found by its exact number, or by its secret when it has no number', async () => {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, 'FIND-NUMBER----FIND-SECRET\nFIND-ALONE');
      const find = async (text: string) => {
        const outcome = await findCard(shelf, text);
        return outcome.kind === 'found' ? outcome.card.hasNumber : outcome.kind;
      };
      assert.equal(await find(' FIND-NUMBER '), true);
      assert.equal(await find('FIND-ALONE'), false);
      assert.equal(await find('FIND-SECRET'), 'card-not-found');
      assert.equal(await find('FIND-NUMBE'), 'card-not-found');
    });

    test('cards leave the shelf and come back, each move in the audit log, asking twice is harmless', async () => {
      const { ids } = await stocked('MOVE', 3);
      const [one = 0, two = 0, three = 0] = ids;
      assert.deepEqual(await withdrawCards(shelf, { cardIds: [one, one], ...by }), { moved: [one], refused: [] });
      assert.deepEqual(await quarantineCards(shelf, { cardIds: [two], ...by }), { moved: [two], refused: [] });
      assert.deepEqual(await withdrawCards(shelf, { cardIds: [one, two], ...by }), { moved: [one, two], refused: [] });
      assert.deepEqual(await quarantineCards(shelf, { cardIds: [one, 999_999], ...by }), {
        moved: [],
        refused: [
          { cardId: one, why: 'withdrawn' },
          { cardId: 999_999, why: 'card-not-found' },
        ],
      });
      assert.deepEqual(await restoreCards(restoring(), { cardIds: ids, ...by }), {
        moved: [three, one, two],
        refused: [],
      });
      const log = await shelf.database.read
        .selectFrom('audit_log')
        .select(['action', 'before_state', 'after_state', 'reason'])
        .where('subject', '=', `card:${two}`)
        .orderBy('id')
        .execute();
      const states = log.map((entry) => [entry.action, JSON.parse(entry.before_state ?? '').status, entry.reason]);
      assert.deepEqual(states, [
        ['card.quarantine', 'available', 'because'],
        ['card.withdraw', 'quarantined', 'because'],
        ['card.restore', 'withdrawn', 'because'],
      ]);
    });

    test('a card that was ever issued never comes back, by the word of the database or of the journal', async () => {
      const { skuId, ids } = await stocked('ISSUED', 3);
      const [one = 0, two = 0, three = 0] = ids;
      await shelf.issue('A0000000000000000000000ISSUE', 1, skuId, [one]);
      const journal = createFileIssueJournal({ folder: journalFolder(), instance: 'test', clock: shelf.clock });
      await journal.append([{ cardId: two, orderId: 'A0LOST', at: 1 }]);
      await journal.close();
      await shelf.database.transact('test.quarantine', (tx) =>
        tx.updateTable('card_keys').set({ status: 3 }).where('id', 'in', ids).execute(),
      );
      assert.deepEqual(await restoreCards(restoring(), { cardIds: ids, ...by }), {
        moved: [three],
        refused: [
          { cardId: one, why: 'was-issued' },
          { cardId: two, why: 'was-issued' },
        ],
      });
      assert.equal((await statusOf(one)).order_id, 'A0000000000000000000000ISSUE');
    });

    test('cards that are sold or reserved are not taken off the shelf', async () => {
      const { skuId, ids } = await stocked('TAKEN', 2);
      const [one = 0, two = 0] = ids;
      await shelf.issue('A0000000000000000000000TAKEN', 1, skuId, [one]);
      await shelf.database.transact('test.lock', (tx) =>
        tx.updateTable('card_keys').set({ status: 2, order_id: 'A0' }).where('id', '=', two).execute(),
      );
      assert.deepEqual((await withdrawCards(shelf, { cardIds: ids, ...by })).refused, [
        { cardId: one, why: 'sold' },
        { cardId: two, why: 'locked' },
      ]);
      assert.equal((await statusOf(two)).order_id, 'A0');
    });

    test('two people who move the same cards at once move each once', async () => {
      const { ids } = await stocked('BOTH', 50);
      const outcomes = await Promise.all([
        withdrawCards(shelf, { cardIds: ids, ...by }),
        quarantineCards(shelf, { cardIds: [...ids].reverse(), ...by }),
      ]);
      for (const outcome of outcomes) assert.equal(outcome.moved.length + outcome.refused.length, 50);
      const versions = await Promise.all(ids.map(async (id) => (await statusOf(id)).version));
      assert.ok(versions.every((version) => version === 1 || version === 2));
      const summary = await stockSummary(shelf);
      assert.ok(summary.every((row) => row.drift === 0));
    });

    test('a whole import is taken back, but for what is sold', async () => {
      const { skuId, ids } = await stocked('BATCH', 450);
      await shelf.importText(skuId, 'BATCH-OTHER');
      await shelf.issue('A0000000000000000000000BATCH', 1, skuId, ids.slice(0, 1));
      const [, batch] = await listBatches(shelf.database.read, { skuId, limit: 10 });
      assert.deepEqual([batch?.imported, batch?.status, batch?.source], [450, 'finished', 'test.txt']);
      const outcome = await withdrawBatch(shelf, { batchId: batch?.id ?? 0, ...by });
      assert.deepEqual(outcome, { kind: 'withdrawn', cards: 449 });
      const [row] = await stockSummary(shelf, [skuId]);
      const { available, sold, withdrawn } = row?.counts ?? assert.fail();
      assert.deepEqual([available, sold, withdrawn, row?.imported, row?.drift], [1, 1, 449, 451, 0]);
      assert.deepEqual(await withdrawBatch(shelf, { batchId: 999_999, ...by }), { kind: 'batch-not-found' });
    });

    test('the shelf counts what is for sale in this region', async () => {
      const [{ skuId, ids }, other] = [await stocked('SHELF', 5), await stocked('SHELF-OTHER', 2)];
      await withdrawCards(shelf, { cardIds: ids.slice(0, 1), ...by });
      await shelf.database.transact('test.region', (tx) =>
        tx
          .updateTable('card_keys')
          .set({ region: 'B0' })
          .where('id', '=', ids[1] ?? 0)
          .execute(),
      );
      const stock = createStockCache({ ...shelf, region });
      assert.deepEqual(
        [...(await stock.available([skuId, other.skuId, 999_999]))],
        [
          [skuId, 3],
          [other.skuId, 2],
          [999_999, 0],
        ],
      );
      assert.deepEqual(await countByStatus(shelf.database.read, []), []);
    });

    test('cards that are gone, or came from nowhere, show as drift', async () => {
      const { skuId, ids } = await stocked('DRIFT', 2);
      const drift = async () => (await stockSummary(shelf, [skuId]))[0]?.drift;
      assert.equal(await drift(), 0);
      for (const id of ids) {
        await shelf.database.transact('test.lose', (tx) => tx.deleteFrom('card_keys').where('id', '=', id).execute());
      }
      assert.equal(await drift(), -2);
    });
  });
}
