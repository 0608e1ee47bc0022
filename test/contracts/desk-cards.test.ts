/** What the desk does with cards beyond the shelf: the recycle bin, other variants, files for the owner, bad cards of buyers. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { changeSku } from '../../server/card/change-sku.ts';
import { exportCards } from '../../server/card/export-cards.ts';
import { listCards } from '../../server/card/list-cards.ts';
import { restoreCards, withdrawCards } from '../../server/card/move-cards.ts';
import { purgeCards } from '../../server/card/purge-cards.ts';
import { cardsOfOrder } from '../../server/card/replacement-store.ts';
import { showCards, showCardsToDesk } from '../../server/card/show-cards.ts';
import { stockSummary } from '../../server/card/stock-summary.ts';
import { readSkusForPricing } from '../../server/catalog/catalog-store.ts';
import { cardFile } from '../../server/http/card-file.ts';
import type { Order } from '../../server/order/order.ts';
import { resendMail } from '../../server/order/resend-mail.ts';
import { replaceBatch } from '../../server/payment/replace-batch.ts';
import { type ReplaceRequest, replaceCards } from '../../server/payment/replace-cards.ts';
import { findInJournal } from '../../server/platform/journal/find-in-journal.ts';
import { region } from '../kit/card-shelf.ts';
import { flawsOf } from '../kit/shop-audit.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';

const by = { actor: 'owner:test', reason: 'because' };

for (const dialect of dialects) {
  suite(`cards at the desk on ${dialect}`, () => {
    let shop: TradingShop;
    before(async () => {
      shop = await newTradingShop(dialect, { mailEnabled: true });
    });
    after(() => shop.close());

    const journalFolder = () => shop.world.journalFolder;
    const inJournal = async (ids: readonly number[]) => new Set((await findInJournal(journalFolder(), ids)).keys());
    const stock = { adjust() {}, forget() {} };
    const deps = () => ({ ...shop.world, stock, mailEnabled: true, region, inJournal, findSku });
    const findSku = async (id: number) => (await readSkusForPricing(shop.database.read, [id])).get(id);
    const sound = async () => {
      const { database, clock } = shop;
      const flaws = await flawsOf({ database, clock, journalFolders: [journalFolder()] });
      assert.deepEqual(flaws, []);
    };
    async function bought(cards: number, quantity = 1): Promise<{ skuId: number; order: Order; ids: number[] }> {
      const skuId = await shop.stockedSku(cards);
      const order = await shop.place([{ skuId, quantity }]);
      await shop.pay(order);
      const held = await cardsOfOrder(shop.database.read, order.id, 200);
      return { skuId, order, ids: held.map((card) => card.cardId) };
    }
    const replace = (request: Omit<ReplaceRequest, 'actor' | 'reason'> & { actor?: string }) =>
      replaceCards(deps(), { ...by, ...request });
    const left = async (skuId: number) => (await stockSummary(shop, [skuId]))[0];
    const audited = async (action: string) => {
      const rows = await shop.database.read.selectFrom('audit_log').selectAll().where('action', '=', action).execute();
      return rows.map((row) => ({ reason: row.reason, after: JSON.parse(row.after_state ?? 'null') }));
    };

    test('a bad card is withdrawn, another one issued, journalled and announced, and the buyer sees the new one', async () => {
      const { skuId, order, ids } = await bought(3);
      const [bad = 0] = ids;
      const outcome = await replace({ orderId: order.id, cardIds: [bad], requestId: 'r1' });
      assert.equal(outcome.kind, 'replaced');
      const fresh = outcome.kind === 'replaced' ? (outcome.replacements[0]?.newCardId ?? 0) : 0;
      const [old, now] = await cardsOfOrder(shop.database.read, order.id, 9);
      assert.deepEqual(
        [old?.status, old?.offReason, old?.replaced?.newCardId, now?.cardId, now?.status, now?.replaced],
        ['withdrawn', 'because', fresh, fresh, 'sold', null],
      );
      assert.deepEqual([...(await inJournal([bad, fresh]))].sort(), [bad, fresh].sort());
      const show = { database: shop.database, keyring: shop.keyring, journal: shop.world.journal };
      const asked = { orderId: order.id, lines: order.lines };
      assert.equal((await showCards(show, asked)).length, 1);
      const both = await showCardsToDesk(show, asked);
      assert.deepEqual(
        both.map((card) => [card.cardId, card.replacedBy]),
        [
          [bad, fresh],
          [fresh, null],
        ],
      );
      const mails = await shop.database.read.selectFrom('outbox').selectAll().where('topic', '=', 'mail').execute();
      assert.ok(mails.some((mail) => mail.id === `mail:replaced:${order.id}:${fresh}`));
      // The same request again, as after a lost connection, changes nothing; another one is told.
      const repeated = await replace({ orderId: order.id, cardIds: [bad], requestId: 'r1' });
      assert.deepEqual(
        'replacements' in repeated && repeated.replacements,
        'replacements' in outcome && outcome.replacements,
      );
      const second = await replace({ orderId: order.id, cardIds: [bad], requestId: 'r2', actor: 'manager:bo' });
      assert.deepEqual([second.kind, 'by' in second && second.by], ['replaced-before', 'owner:test']);
      assert.deepEqual((await left(skuId))?.counts.available, 1);
      // It was in a buyer's hands: it never comes back, and cannot be deleted.
      assert.equal((await restoreCards(deps(), { cardIds: [bad], ...by })).refused[0]?.why, 'was-issued');
      const purge = await purgeCards(deps(), { cards: [bad], expected: 1, ...by });
      assert.deepEqual(purge, { kind: 'purged', cards: 0, refused: [{ cardId: bad, why: 'was-issued' }] });
      await sound();
    });

    test('nothing changes without stock, beyond the limit, for a card of somebody else, or an order not paid', async () => {
      const { order, ids } = await bought(1);
      const [bad = 0] = ids;
      const empty = await replace({ orderId: order.id, cardIds: [bad] });
      assert.deepEqual([empty.kind, 'wanted' in empty && empty.wanted], ['out-of-stock', 1]);
      assert.equal((await cardsOfOrder(shop.database.read, order.id, 9))[0]?.status, 'sold');
      const rich = await bought(6);
      let current = rich.ids[0] ?? 0;
      for (let turn = 0; turn < 3; turn++) {
        const outcome = await replace({ orderId: rich.order.id, cardIds: [current] });
        assert.equal(outcome.kind, 'replaced');
        if (outcome.kind === 'replaced') current = outcome.replacements[0]?.newCardId ?? 0;
      }
      assert.equal((await replace({ orderId: rich.order.id, cardIds: [current] })).kind, 'limit-reached');
      assert.equal((await replace({ orderId: rich.order.id, cardIds: [bad] })).kind, 'not-of-order');
      const open = await shop.place([{ skuId: rich.skuId, quantity: 1 }]);
      assert.equal((await replace({ orderId: open.id, cardIds: [bad] })).kind, 'state-conflict');
      assert.equal((await replace({ orderId: 'A0'.padEnd(28, '9'), cardIds: [bad] })).kind, 'order-not-found');
    });

    test('of two who replace the same card at once one wins and the other is told', async () => {
      const { skuId, order, ids } = await bought(8, 2);
      const both = await Promise.all(
        ['owner:anna', 'manager:bo'].map((actor, i) =>
          replace({ orderId: order.id, cardIds: ids, actor, requestId: `at-once-${i}` }),
        ),
      );
      assert.deepEqual(both.map(({ kind }) => kind).sort(), ['replaced', 'replaced-before']);
      assert.equal((await left(skuId))?.counts.available, 4);
    });

    test('a whole bad import: what is left is withdrawn first, then each buyer gets another card', async () => {
      const skuId = await shop.stockedSku(3);
      const orders: Order[] = [];
      for (let i = 0; i < 2; i++) {
        const order = await shop.place([{ skuId, quantity: 1 }]);
        await shop.pay(order);
        orders.push(order);
      }
      const [batch] = await shop.database.read
        .selectFrom('card_batches')
        .selectAll()
        .where('sku_id', '=', skuId)
        .execute();
      await shop.importText(skuId, 'GOOD-1----s');
      const request = { batchId: batch?.id ?? 0, after: 0, ...by, requestId: 'batch' };
      const outcome = await replaceBatch(deps(), request);
      assert.equal(outcome.kind, 'done');
      if (outcome.kind !== 'done') return;
      assert.deepEqual([outcome.withdrawn, outcome.replaced, outcome.next], [1, 1, null]);
      assert.deepEqual(outcome.failed, [{ orderId: orders[1]?.id, cards: 1, why: 'out-of-stock' }]);
      await shop.importText(skuId, 'GOOD-2----s');
      const again = await replaceBatch(deps(), { ...request, requestId: 'batch again' });
      assert.deepEqual(again.kind === 'done' && [again.withdrawn, again.replaced, again.failed], [0, 1, []]);
      await sound();
    });

    test('the recycle bin is emptied by the number that is in it, and the books still add up', async () => {
      const skuId = await shop.stockedSku(5);
      const ids = await shop.cardIds(skuId);
      await withdrawCards(shop, { cardIds: ids.slice(0, 3), ...by });
      const bin = await listCards(shop, { region, status: 'withdrawn', limit: 200 });
      const here = bin.cards.filter((card) => card.skuId === skuId);
      assert.deepEqual(
        here.map((card) => card.offReason),
        ['because', 'because', 'because'],
      );
      const wrong = await purgeCards(deps(), { cards: { skuId }, expected: 2, ...by });
      assert.deepEqual(wrong, { kind: 'another-number', inBin: 3 });
      const purged = await purgeCards(deps(), { cards: { skuId }, expected: 3, ...by });
      assert.deepEqual(purged, { kind: 'purged', cards: 3, refused: [] });
      const row = await left(skuId);
      assert.deepEqual([row?.imported, row?.drift, row?.counts.available], [2, 0, 2]);
      const forSale = await purgeCards(deps(), { cards: ids.slice(4), expected: 1, ...by });
      assert.deepEqual(forSale, { kind: 'purged', cards: 0, refused: [{ cardId: ids[4], why: 'available' }] });
      // What is gone may come in again: nobody was given it.
      assert.equal(((await audited('card.purge')).at(-1) ?? assert.fail()).after.cards, 3);
      await sound();
    });

    test('cards are filed under another variant, and both sides keep adding up', async () => {
      const [from, to] = [await shop.stockedSku(4), await shop.stockedSku(1)];
      const ids = await shop.cardIds(from);
      await withdrawCards(shop, { cardIds: ids.slice(0, 1), ...by });
      const outcome = await changeSku(deps(), { cards: ids.slice(0, 3), toSkuId: to, ...by });
      assert.deepEqual(outcome, { kind: 'moved', moved: 2, refused: [{ cardId: ids[0], why: 'withdrawn' }] });
      const rows = await stockSummary(shop, [from, to]);
      assert.deepEqual(rows.map((row) => [row.skuId, row.imported, row.counts.available, row.drift]).sort(), [
        [from, 2, 1, 0],
        [to, 3, 3, 0],
      ]);
      assert.equal((await changeSku(deps(), { cards: ids, toSkuId: 999_999, ...by })).kind, 'sku-not-found');
      const loop = await shop.newSku('loop');
      assert.equal((await changeSku(deps(), { cards: ids, toSkuId: loop, ...by })).kind, 'sku-not-cards');
      const [batch] = await shop.database.read
        .selectFrom('card_batches')
        .selectAll()
        .where('sku_id', '=', from)
        .execute();
      const rest = await changeSku(deps(), { cards: { batchId: batch?.id ?? 0 }, toSkuId: to, ...by });
      assert.deepEqual(rest, { kind: 'moved', moved: 1, refused: [] });
      await sound();
    });

    test('an export says in the log how many left; those withdrawn with it come neither back nor into an order', async () => {
      const skuId = await shop.newSku();
      await shop.importText(skuId, '=1+1----@SUM(A1)\nALONE\nEXP3----s3');
      const text = async (format: 'csv' | 'lines', withdraw: boolean) => {
        const input = { skuId, status: 'available', withdraw, ...by } as const;
        const parts: string[] = [];
        for await (const part of cardFile(exportCards({ ...deps(), keyring: shop.keyring }, input), format))
          parts.push(part);
        return parts.join('');
      };
      const csv = await text('csv', false);
      assert.match(csv, /'=1\+1,'@SUM\(A1\),available/);
      assert.equal((await left(skuId))?.counts.available, 3);
      assert.equal(await text('lines', true), '=1+1----@SUM(A1)\nALONE\nEXP3----s3\n');
      assert.deepEqual((await left(skuId))?.counts.withdrawn, 3);
      const ids = await shop.cardIds(skuId);
      const back = await restoreCards(deps(), { cardIds: ids, ...by });
      assert.deepEqual(
        back.refused.map(({ why }) => why),
        ['was-exported', 'was-exported', 'was-exported'],
      );
      const ends = await audited('card.export-end');
      assert.deepEqual(
        ends.slice(-2).map(({ after }) => [after.cards, after.whole]),
        [
          [3, true],
          [3, true],
        ],
      );
      // A reader that goes away half-way: the log says so.
      const pages = exportCards(
        { ...deps(), keyring: shop.keyring },
        { skuId, status: 'withdrawn', withdraw: false, ...by },
      );
      await pages.next();
      await pages.return(undefined);
      assert.deepEqual((await audited('card.export-end')).at(-1)?.after.whole, false);
      await sound();
    });

    test('the audit finds a replaced card that could be sold again, and a purge that nobody wrote down', async () => {
      const { order, ids } = await bought(3);
      const [bad = 0] = ids;
      await replace({ orderId: order.id, cardIds: [bad] });
      const { database, clock } = shop;
      const found = async () => {
        const flaws = await flawsOf({ database, clock, journalFolders: [journalFolder()] });
        return flaws.map((flaw) => flaw.split(',')[0]);
      };
      const set = (status: number) =>
        database.transact('test.break', (tx) =>
          tx.updateTable('card_keys').set({ status }).where('id', '=', bad).execute(),
        );
      await set(1);
      assert.deepEqual(await found(), ['INV-1']);
      await set(4);
      await database.transact('test.break', (tx) =>
        tx.updateTable('card_replacements').set({ line_no: 2 }).where('card_id', '=', bad).execute(),
      );
      assert.deepEqual(await found(), ['INV-1']);
      await database.transact('test.mend', (tx) =>
        tx.updateTable('card_replacements').set({ line_no: 1 }).where('card_id', '=', bad).execute(),
      );
      await database.transact('test.break', (tx) =>
        tx.deleteFrom('card_replacements').where('card_id', '=', bad).execute(),
      );
      assert.deepEqual(await found(), ['INV-5'], 'two cards for one piece');
      const old = { card_id: bad, new_card_id: bad + 1, order_id: order.id, line_no: 1 };
      const [, now] = await cardsOfOrder(database.read, order.id, 9);
      await database.transact('test.mend', (tx) =>
        tx
          .insertInto('card_replacements')
          .values({ ...old, new_card_id: now?.cardId ?? 0, reason: 'r', actor: 'a', request_id: null, at: 1 })
          .execute(),
      );
      assert.deepEqual(await found(), []);
      const spare = await shop.stockedSku(1);
      const [card = 0] = await shop.cardIds(spare);
      await withdrawCards(shop, { cardIds: [card], ...by });
      await purgeCards(deps(), { cards: [card], expected: 1, ...by });
      const change = (cards: number) =>
        database.transact('test.break', (tx) =>
          tx.updateTable('stock_changes').set({ cards }).where('sku_id', '=', spare).execute(),
        );
      await change(0);
      assert.deepEqual(await found(), ['INV-6']);
      await change(-1);
      await sound();
    });

    test('the mail of an order goes out again, not twice at once, and five times a day at most', async () => {
      const { order } = await bought(1);
      const again = (requestId: string) => resendMail(deps(), { orderId: order.id, ...by, requestId });
      assert.equal((await again('m0')).kind, 'waiting');
      const done = () =>
        shop.database.transact('test.done', (tx) =>
          tx
            .updateTable('outbox')
            .set({ status: 'done', done_at: shop.clock.now() })
            .where('topic', '=', 'mail')
            .execute(),
        );
      await done();
      for (let i = 1; i <= 5; i++) {
        assert.deepEqual(await again(`m${i}`), { kind: 'queued', template: 'delivered' });
        assert.deepEqual(await again(`m${i}`), { kind: 'queued', template: 'delivered' }, 'run again');
        await done();
      }
      assert.equal((await again('m6')).kind, 'too-many');
      const phone = await shop.place([{ skuId: await shop.stockedSku(1), quantity: 1 }], '13800000000');
      assert.equal((await resendMail(deps(), { orderId: phone.id, ...by, requestId: 'p' })).kind, 'no-address');
    });
  });
}
