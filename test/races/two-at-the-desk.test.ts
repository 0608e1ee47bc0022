/** Two people do the same thing at the same moment, over HTTP, on both databases: one wins, the other is told what happened. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type DeskPerson, deskPassword, firstOwner, newPerson } from '../kit/desk-people.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { dialects } from '../kit/shop-database.ts';
import { client, type Reply, type ShopServer, startShop } from '../kit/shop-server.ts';

const api = '/api/admin/v1';
const reason = 'the buyer says so';

for (const dialect of dialects) {
  suite(`two at the desk on ${dialect}`, () => {
    let shop: ShopServer;
    let people: DeskPerson[];
    let skuId: number;
    let productId: number;
    before(async () => {
      shop = await startShop(dialect, {
        CARDWELL_SAMPLE_DATA: 'off',
        CARDWELL_ENV: 'development',
        CARDWELL_LIMITS: 'off',
      });
      const first = await firstOwner(shop);
      people = [await newPerson(shop, first, 'owner', 'anna'), await newPerson(shop, first, 'manager', 'bo')];
      const admin = client(shop.address, { authorization: `Bearer ${shop.token}` });
      productId = (await admin('POST', `${api}/products`, { name: 'Card' })).body.product.id;
      const sku = { name: 'One', priceMinor: 500, currency: 'CNY', delivery: 'cards' };
      skuId = (await admin('POST', `${api}/products/${productId}/skus`, sku)).body.sku.id;
      const cards = Array.from({ length: 30 }, (_, i) => `N-${i}----S-${i}`).join('\n');
      const imported = await fetch(`${shop.address}${api}/cards/import?skuId=${skuId}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'text/plain' },
        body: cards,
      });
      assert.ok(imported.ok, await imported.text());
    });
    after(() => shop.close());

    const [anna, bo] = [() => people[0] ?? assert.fail(), () => people[1] ?? assert.fail()];
    async function order(paid: boolean): Promise<string> {
      const body = { lines: [{ skuId, quantity: 1 }], contact: 'desk@example.com', channel: 'sandbox' };
      const placed = await client(shop.address)('POST', '/api/v1/orders', body);
      assert.equal(placed.status, 201, JSON.stringify(placed.body));
      if (!paid) return placed.body.order.id;
      const { pathname, search } = new URL(placed.body.payment.action.url);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      assert.ok((await fetch(shop.address + pathname + search, { method: 'POST', headers, body: 'choice=pay' })).ok);
      return placed.body.order.id;
    }
    const detail = async (id: string) => (await anna().call('GET', `${api}/orders/${id}`)).body;
    const both = (path: string, body: object, method = 'POST') =>
      Promise.all([anna(), bo()].map((person) => person.call(method, api + path, body)));
    /** One was served; the other's refusal names the code, and for conflicts what happened. */
    function oneWins(replies: readonly Reply[], code: string, told?: RegExp): void {
      const served = replies.filter(({ status }) => status < 300);
      assert.equal(served.length, 1, JSON.stringify(replies.map(({ status, body }) => [status, body])));
      const refused = replies.find(({ status }) => status >= 300) ?? assert.fail();
      assert.equal(refused.body.code, code);
      if (told) assert.match(refused.body.detail, told);
    }

    test('refunds: in parts and whole, nothing goes back twice', async () => {
      const id = await order(true);
      const part = { reason, amountMinor: 100, refundableMinor: 500 };
      oneWins(await both(`/orders/${id}/refunds`, part), 'edit_conflict', /order\.refund by (owner:anna|manager:bo)/);
      assert.equal((await detail(id)).refundableMinor, 400);
      oneWins(await both(`/orders/${id}/refunds`, { reason }), 'refund_exceeds_payment');
      assert.equal((await detail(id)).refundableMinor, 0);
    });

    test('a bad card is replaced once', async () => {
      const id = await order(true);
      const [card] = (await detail(id)).cards;
      const body = { cardIds: [card.cardId], reason };
      oneWins(
        await both(`/orders/${id}/replace-cards`, body),
        'card_state_conflict',
        /was replaced by (owner:anna|manager:bo)/,
      );
      assert.equal((await detail(id)).cards.length, 2);
    });

    test('cancelled once, served once, settled once', async () => {
      oneWins(await both(`/orders/${await order(false)}/cancel`, { reason }), 'order_not_cancellable', /is cancelled/);
      const served = await order(false);
      oneWins(
        await both(`/orders/${served}/complete`, { reason }),
        'order_state_conflict',
        /is delivered.*order\.complete/,
      );
      assert.equal((await detail(served)).cards.length, 1);
      // One cancels what the other hands out.
      const contested = await order(false);
      const [cancelled, completed] = await Promise.all([
        anna().call('POST', `${api}/orders/${contested}/cancel`, { reason }),
        bo().call('POST', `${api}/orders/${contested}/complete`, { reason }),
      ]);
      const { status } = (await detail(contested)).order;
      assert.equal(completed?.status, 200);
      // Cancelled first, it was handed out afterwards by decision; handed out first, it can no longer be cancelled.
      assert.ok(cancelled?.status === 200 || cancelled?.body.code === 'order_not_cancellable');
      assert.equal(status, 'delivered');
    });

    test('a transfer by hand is confirmed once, though one has the number of the bank and the other has not', async () => {
      const settings = { instructions: 'to the bank', currencies: 'CNY', waitMinutes: 30 };
      const channel = await anna().call('POST', `${api}/channels`, { code: 'bank', kind: 'manual', settings });
      assert.equal(channel.status, 201, JSON.stringify(channel.body));
      const body = { lines: [{ skuId, quantity: 1 }], contact: 'desk@example.com', channel: 'bank' };
      const { id } = (await client(shop.address)('POST', '/api/v1/orders', body)).body.order;
      const [paymentId] = (await detail(id)).confirmable;
      const said = { amountMinor: 500, reason };
      const replies = await Promise.all([
        anna().call('POST', `${api}/payments/${paymentId}/confirm`, { ...said, bankReference: 'B-1' }),
        bo().call('POST', `${api}/payments/${paymentId}/confirm`, said),
      ]);
      oneWins(replies, 'payment_not_confirmable', /payment\.confirm by (owner:anna|manager:bo)/);
      const after = await detail(id);
      assert.deepEqual([after.order.status, after.order.receivedMinor, after.confirmable], ['delivered', 500, []]);
      assert.equal(after.refunds.length, 0, 'no money that never came goes back');
    });

    test('an edit of the same product is not overwritten', async () => {
      const version = (await anna().call('GET', `${api}/products/${productId}`)).body.product.version;
      oneWins(await both(`/products/${productId}`, { version, name: 'Card!' }, 'PATCH'), 'edit_conflict');
    });

    test('above the amount two people decide, each once: refund, delivery by hand', async () => {
      await anna().call('PATCH', `${api}/settings`, { secondPersonMinor: 300 });
      try {
        const id = await order(true);
        const refund = (who: DeskPerson, amountMinor: number) =>
          who.call('POST', `${api}/orders/${id}/refunds`, { reason, amountMinor });
        assert.equal((await refund(anna(), 200)).body.outcome, 'done', 'below the amount one is enough');
        const proposed = await refund(anna(), 250);
        assert.deepEqual([proposed.status, proposed.body.outcome, proposed.body.refunds], [202, 'proposed', []]);
        assert.equal((await refund(anna(), 250)).body.outcome, 'proposed', 'the same person again is one person');
        assert.equal((await refund(bo(), 260)).body.outcome, 'proposed', 'another amount is another decision');
        const [waiting] = (await detail(id)).proposals;
        assert.deepEqual([waiting.proposedBy, waiting.terms.amountMinor], ['manager:bo', 260]);
        const token = client(shop.address, { authorization: `Bearer ${shop.token}` });
        const byToken = await token('POST', `${api}/orders/${id}/refunds`, { reason, amountMinor: 260 });
        assert.equal(byToken.body.outcome, 'proposed', 'a token is nobody');
        assert.equal((await refund(bo(), 260)).body.outcome, 'proposed');
        assert.equal((await refund(anna(), 260)).body.outcome, 'done');
        assert.deepEqual((await detail(id)).proposals, []);
        const open = await order(false);
        const complete = (who: DeskPerson) => who.call('POST', `${api}/orders/${open}/complete`, { reason });
        assert.equal((await complete(bo())).body.outcome, 'proposed');
        assert.equal((await detail(open)).order.status, 'pending');
        const list = (await anna().call('GET', `${api}/proposals`)).body.proposals;
        assert.deepEqual(
          list.map((one: { subject: string; action: string }) => [one.subject, one.action]),
          [[`order:${open}`, 'complete']],
        );
        assert.equal((await bo().call('DELETE', `${api}/proposals/order:${open}/complete`)).status, 204);
        assert.equal((await complete(anna())).body.outcome, 'proposed', 'what was taken back is gone');
        assert.equal((await complete(bo())).body.outcome, 'done');
        const many = await bo().call('POST', `${api}/orders/batch`, {
          ids: [await order(true)],
          action: 'refund',
          reason,
        });
        assert.equal(many.body.results[0].outcome, 'proposed');
      } finally {
        await anna().call('PATCH', `${api}/settings`, { secondPersonMinor: null });
      }
    });

    test('cards leave in clear only for a person who has just proved who they are', async () => {
      const id = await order(true);
      const show = (who: DeskPerson) => who.call('POST', `${api}/cards/orders/${id}/show`, { reason });
      const file = (who: DeskPerson) => who.call('POST', `${api}/cards/export`, { skuId, reason, format: 'lines' });
      assert.equal((await show(bo())).body.code, 'proof_needed');
      assert.equal((await file(anna())).body.code, 'proof_needed');
      assert.equal(
        (await bo().call('POST', `${api}/prove`, { password: 'not this one' })).body.code,
        'wrong_credentials',
      );
      assert.equal((await bo().call('POST', `${api}/prove`, { code: '123456' })).body.code, 'wrong_code');
      assert.equal((await bo().call('POST', `${api}/prove`, {})).body.code, 'invalid_request');
      for (const who of people)
        assert.equal((await who.call('POST', `${api}/prove`, { password: deskPassword })).status, 200);
      const shown = await show(bo());
      assert.match(shown.body.cards[0].number, /^N-\d+$/);
      assert.equal((await file(bo())).body.code, 'forbidden', 'a manager takes no file');
      const lines = (await file(anna())).body as string;
      assert.ok(lines.split('\n').length > 5);
      const log = (await anna().call('GET', `${api}/audit-log?orderId=${id}`)).body.entries;
      assert.equal(log[0].action, 'order.show-cards');
      // Six minutes later it is not enough any more.
      await shop.context.database.transact('test.older', (tx) =>
        tx
          .updateTable('sessions')
          .set({ proved_at: Date.now() - 6 * 60_000 })
          .execute(),
      );
      assert.equal((await show(bo())).body.code, 'proof_needed');
    });

    test('files of the log and of the cases are no formulas, and codes made together are told once', async () => {
      const log = await anna().call('GET', `${api}/audit-log.csv?action=order.refund`);
      assert.equal(log.status, 200);
      assert.match(log.body, /order\.refund/);
      assert.doesNotMatch(log.body, /product\./);
      assert.equal((await anna().call('GET', `${api}/review-cases.csv`)).status, 200);
      const set = {
        name: '=cmd()',
        prefix: 'SUMMER-',
        count: 25,
        kind: 'amount',
        value: 50,
        currency: 'CNY',
        perBuyer: 1,
      };
      const made = await anna().call('POST', `${api}/coupon-sets`, set);
      const codes = (made.body as string).split('\r\n').slice(1, -1);
      assert.equal(new Set(codes).size, 25);
      const buy = (couponCode: string | undefined, contact: string) =>
        client(shop.address)('POST', '/api/v1/orders', { lines: [{ skuId, quantity: 1 }], contact, couponCode });
      const twice = await Promise.all(codes.slice(0, 2).map((code) => buy(code, 'one@example.com')));
      assert.deepEqual(twice.map(({ status }) => status).sort(), [201, 422], 'one code of a set for each buyer');
      assert.equal((await buy(codes[2], 'two@example.com')).status, 201);
      assert.equal((await buy(codes[2], 'three@example.com')).body.code, 'coupon_invalid', 'each code is good once');
      const [listed] = (await anna().call('GET', `${api}/coupon-sets`)).body.sets;
      assert.deepEqual([listed.codes, listed.active, listed.used], [25, 25, 2]);
      const off = await anna().call('POST', `${api}/coupon-sets/${listed.id}/off`, { reason });
      assert.equal(off.body.codes, 25);
      assert.equal((await buy(codes[5], 'four@example.com')).body.code, 'coupon_invalid');
      const page = (await anna().call('GET', `${api}/coupons?setId=${listed.id}&pageSize=5&q=SUMMER`)).body;
      assert.deepEqual([page.total, page.coupons.length], [25, 5]);
      const wild = await anna().call('POST', `${api}/coupon-sets`, { ...set, count: 10_001 });
      assert.equal(wild.body.code, 'invalid_request');
    });

    test('the books are sound', async () => {
      await assertSound({ context: shop.context, dataDirs: [shop.context.config.dataDir] });
    });
  });
}
