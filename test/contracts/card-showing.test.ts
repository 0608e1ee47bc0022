/** Showing an order its cards, on both databases: decrypted, journalled first, nobody else's. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setLoopCard } from '../../server/card/set-loop-card.ts';
import { showCards } from '../../server/card/show-cards.ts';
import { sealManualDelivery, storeManualDelivery } from '../../server/card/store-manual-delivery.ts';
import type { IssueJournal, IssueRecord } from '../../server/platform/journal/issue-journal.ts';
import { type CardShelf, newCardShelf } from '../kit/card-shelf.ts';
import { dialects } from '../kit/shop-database.ts';

let orders = 0;
const newOrder = () => `A0${String(++orders).padStart(26, '0')}`;
const line = (lineNo: number, skuId: number) => ({ lineNo, skuId, productName: `P${skuId}`, skuName: `S${skuId}` });

function journalDouble(): IssueJournal & { records: IssueRecord[]; failing: boolean } {
  const double = {
    records: [] as IssueRecord[],
    failing: false,
    append: async (records: readonly IssueRecord[]) => void double.records.push(...records),
    async ensureRecorded(records: readonly IssueRecord[]) {
      if (double.failing) throw new Error('no space left on device');
      await double.append(records);
    },
    close: async () => {},
  };
  return double;
}

for (const dialect of dialects) {
  suite(`showing cards on ${dialect}`, () => {
    let shelf: CardShelf;
    const journal = journalDouble();
    const show = (orderId: string, lines: ReturnType<typeof line>[]) =>
      showCards({ database: shelf.database, keyring: shelf.keyring, journal }, { orderId, lines });
    before(async () => {
      shelf = await newCardShelf(dialect);
    });
    after(() => shelf.close());

    test('each line with its cards, whichever way it is delivered', async () => {
      const [cards, loop, manual] = [await shelf.newSku(), await shelf.newSku('loop'), await shelf.newSku('manual')];
      await shelf.importText(cards, 'SHOW-N1----秘密一\nSHOW-ONLY\nSHOW-N3----three');
      const ids = await shelf.cardIds(cards);
      const orderId = newOrder();
      await shelf.issue(orderId, 2, cards, ids.slice(0, 2));
      await shelf.issue(newOrder(), 1, cards, ids.slice(2));
      const { database, clock, keyring } = shelf;
      const outcome = await setLoopCard(
        { ...shelf.deps, clock },
        { skuId: loop, secret: ' https://pan.example/x\n提取码: 1234 ', actor: 'test' },
      );
      assert.equal(outcome.kind, 'set');
      const delivery = sealManualDelivery({ keyring }, { orderId, lineNo: 3, content: 'account\tpassword' });
      await database.transact('test.deliver', async (tx) => {
        const issue = { order_id: orderId, line_no: 1, sku_id: loop, quantity: 5, issued_at: 6 };
        await tx.insertInto('loop_issues').values(issue).execute();
        await storeManualDelivery(tx, delivery ?? assert.fail(), { actor: 'owner', now: 7 });
      });

      const views = await show(orderId, [line(1, loop), line(2, cards), line(3, manual)]);
      const of = (skuId: number) => ({ skuId, productName: `P${skuId}`, skuName: `S${skuId}` });
      assert.deepEqual(views, [
        { lineNo: 1, ...of(loop), number: null, secret: 'https://pan.example/x\n提取码: 1234' },
        { lineNo: 2, ...of(cards), number: 'SHOW-N1', secret: '秘密一' },
        { lineNo: 2, ...of(cards), number: null, secret: 'SHOW-ONLY' },
        { lineNo: 3, ...of(manual), number: null, secret: 'account\tpassword' },
      ]);
      assert.deepEqual(
        journal.records.map(({ cardHash, ...record }) => ({ ...record, hashed: cardHash?.length })),
        ids.slice(0, 2).map((cardId) => ({ cardId, orderId, at: 5, hashed: 43 })),
      );
    });

    test('an order without cards shows none', async () => {
      assert.deepEqual(await show(newOrder(), []), []);
    });

    test('when the journal cannot be written nothing is shown', async () => {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, `FAILING-${dialect}`);
      const orderId = newOrder();
      await shelf.issue(orderId, 1, skuId, await shelf.cardIds(skuId));
      journal.failing = true;
      await assert.rejects(show(orderId, [line(1, skuId)]), /no space/);
      journal.failing = false;
      assert.equal((await show(orderId, [line(1, skuId)])).length, 1);
    });

    test('an order of 5,000 cards shows every one, in the order of import', async () => {
      const skuId = await shelf.newSku();
      const secrets = Array.from({ length: 5000 }, (_, i) => `MANY-${i}`);
      await shelf.importText(skuId, secrets.join('\n'));
      const orderId = newOrder();
      await shelf.issue(orderId, 1, skuId, await shelf.cardIds(skuId));
      const views = await show(orderId, [line(1, skuId)]);
      assert.deepEqual(
        views.map((view) => view.secret),
        secrets,
      );
    });

    test('a secret moved into another row of the database is not shown', async () => {
      const skuId = await shelf.newSku();
      await shelf.importText(skuId, 'MOVED-1\nMOVED-2');
      const [one = 0, two = 0] = await shelf.cardIds(skuId);
      const orderId = newOrder();
      await shelf.issue(orderId, 1, skuId, [one]);
      const secret = (eb: { card_secret: Uint8Array }) => eb.card_secret;
      const other = await shelf.database.read
        .selectFrom('card_keys')
        .select('card_secret')
        .where('id', '=', two)
        .executeTakeFirstOrThrow();
      await shelf.database.transact('test.move', (tx) =>
        tx
          .updateTable('card_keys')
          .set({ card_secret: secret(other) })
          .where('id', '=', one)
          .execute(),
      );
      await assert.rejects(show(orderId, [line(1, skuId)]), { name: 'SealBroken' });
    });

    test('a manual line is delivered once; the same delivery again is the same', async () => {
      const orderId = newOrder();
      const { keyring, database } = shelf;
      const seal = (content: string) =>
        sealManualDelivery({ keyring }, { orderId, lineNo: 1, content }) ?? assert.fail();
      const store = (delivery: ReturnType<typeof seal>) =>
        database.transact('test.deliver', (tx) => storeManualDelivery(tx, delivery, { actor: 'owner', now: 7 }));
      const first = seal('one');
      assert.deepEqual(await store(first), { kind: 'stored' });
      assert.deepEqual(await store(first), { kind: 'stored' });
      assert.deepEqual(await store(seal('two')), { kind: 'already-delivered' });
      for (const bad of ['', '  \n', 'x'.repeat(5000), 'a\0b']) {
        assert.equal(sealManualDelivery({ keyring }, { orderId, lineNo: 2, content: bad }), undefined);
      }
    });

    test('only a loop SKU has a loop secret; setting it again replaces it', async () => {
      const [cards, loop] = [await shelf.newSku(), await shelf.newSku('loop')];
      const set = (skuId: number, secret: string) => setLoopCard(shelf.deps, { skuId, secret, actor: 'test' });
      assert.deepEqual(await set(cards, 'x'), { kind: 'sku-not-loop' });
      assert.deepEqual(await set(999_999, 'x'), { kind: 'sku-not-found' });
      assert.deepEqual(await set(loop, ' '), { kind: 'secret-invalid' });
      assert.deepEqual(await set(loop, 'old'), { kind: 'set' });
      assert.deepEqual(await set(loop, 'new'), { kind: 'set' });
      const orderId = newOrder();
      await shelf.database.transact('test.issue', (tx) =>
        tx
          .insertInto('loop_issues')
          .values({ order_id: orderId, line_no: 1, sku_id: loop, quantity: 1, issued_at: 1 })
          .execute(),
      );
      assert.equal((await show(orderId, [line(1, loop)]))[0]?.secret, 'new');
    });
  });
}
