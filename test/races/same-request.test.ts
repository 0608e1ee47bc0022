import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tradeFor } from '../kit/buyer.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { onEachStage, times } from './race-shop.ts';

onEachStage((shop) => {
  test('one request sent twenty times at once is one order with one key to it', async () => {
    const skuId = await shop().newSku({ cards: 40 });
    const rounds = times(5, async (round) => {
      const wish = { skuId, contact: 'same@example.com', key: `0e9c2f6a-same-request-${round}` };
      const replies = await Promise.all(times(20, (i) => shop().door(i).place(wish)));
      assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([201]));
      const answers = replies.map(({ body }) => `${body.order.id} ${body.accessToken} ${body.payment?.id}`);
      assert.equal(new Set(answers).size, 1);
      const { order, accessToken, payment } = replies[0]?.body ?? assert.fail();
      await shop().door().callback(tradeFor(payment));
      for (const door of shop().doors) {
        assert.equal((await door.cards(order.id, accessToken)).body.cards.length, 1);
      }
    });
    await Promise.all(rounds);
    await assertSound(shop());
  });

  test('the same key with another wish is refused, on every process, and orders nothing', async () => {
    const skuId = await shop().newSku({ cards: 10 });
    const wish = { skuId, contact: 'other@example.com', key: '5f1de3b8-other-wish' };
    assert.equal((await shop().door().place(wish)).status, 201);
    const others = await Promise.all(
      times(10, (i) =>
        shop()
          .door(i)
          .place({ ...wish, quantity: 2 }),
      ),
    );
    const codes = others.map(({ status, problem }) => `${status} ${problem.code}`);
    assert.deepEqual(new Set(codes), new Set(['422 idempotency_key_reused']));
    await assertSound(shop());
  });

  test('one key with two wishes at once: one is placed, the other refused', async () => {
    const skuId = await shop().newSku({ cards: 40 });
    const rounds = times(8, async (round) => {
      const wish = { skuId, contact: 'both@example.com', key: `91b5c7d0-both-wishes-${round}` };
      const replies = await Promise.all(
        [1, 2].map((quantity) =>
          shop()
            .door()
            .place({ ...wish, quantity }),
        ),
      );
      const statuses = replies.map(({ status }) => status).sort();
      assert.deepEqual(statuses, [201, 422]);
    });
    await Promise.all(rounds);
    await assertSound(shop());
  });
});
