/** A transfer by hand from the buyer's instructions to the delivered order, on both databases. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { secondPersonSetting } from '../../server/catalog/update-shop-settings.ts';
import { readOrder } from '../../server/order/order-store.ts';
import type { Channel } from '../../server/payment/channel.ts';
import { channelHttp } from '../../server/payment/channel-http.ts';
import { channelRegistry } from '../../server/payment/channel-registry.ts';
import { manualKind } from '../../server/payment/channels/manual/channel.ts';
import { confirmTransfer } from '../../server/payment/confirm-transfer.ts';
import { evidenceOfOrder } from '../../server/payment/evidence-store.ts';
import { openAttempts } from '../../server/payment/start-payment.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { checkSettings } from '../../server/platform/setting-fields.ts';
import { putSetting } from '../../server/platform/settings-store.ts';
import { newTradingShop } from '../kit/trading-shop.ts';

const settings = {
  instructions: '请转账到以下账户',
  instructionsEn: 'Please send the money to',
  account: '6222 0000 0000 0000',
  holder: '张三',
  qr: 'https://qr.example/abc',
};

function manualChannel(): Channel {
  return manualKind.open(checkSettings(manualKind.settings, settings), {
    code: 'bank',
    name: null,
    notifyUrl: 'http://127.0.0.1/callback',
    returnUrl: (outTradeNo) => `http://127.0.0.1/${outTradeNo}`,
    clock: systemClock,
    http: channelHttp,
  });
}

test('the buyer reads where to send the money and what to write on it, in their language', () => {
  const channel = manualChannel();
  const attempt = {
    outTradeNo: 'A001ABCDEFGHJKMNPQRSTVWXYZ1201',
    amountMinor: 1234,
    currency: 'CNY',
    subject: '',
    createdAt: 0,
    expiresAt: 0,
    clientIp: '',
    device: 'pc',
    openid: null,
  } as const;
  const english = channel.prepare?.({ ...attempt, lang: 'en' });
  assert.deepEqual(english, {
    type: 'transfer',
    text: 'Please send the money to',
    lines: [
      { label: 'Amount', value: '12.34 CNY' },
      { label: 'Write this on it', value: 'TVWX-YZ12-01' },
      { label: 'Account holder', value: '张三' },
      { label: 'Account', value: '6222 0000 0000 0000' },
    ],
    qr: 'https://qr.example/abc',
  });
  assert.partialDeepStrictEqual(channel.prepare?.({ ...attempt, lang: 'zh' }), { text: '请转账到以下账户' });
});

test('nobody can call back about it', async () => {
  const channel = manualChannel();
  const request = { method: 'POST', rawBody: Buffer.from('{}'), headers: {}, query: {}, rawQuery: '' };
  assert.equal((await channel.verify(request)).kind, 'rejected');
  assert.equal((await channel.close({} as never)).kind, 'not-supported');
});

for (const dialect of ['sqlite', 'mysql'] as const) {
  describe(`confirmed by a person, on ${dialect}`, async () => {
    const shop = await newTradingShop(dialect);
    after(() => shop.close());
    const channel = manualChannel();
    const deps = { ...shop.world, channels: channelRegistry([channel]) };
    const skuId = await shop.stockedSku(10);
    const person = { actor: 'owner', requestId: 'r1', reason: 'seen on the statement of today' };
    async function begun() {
      const order = await shop.place([{ skuId, quantity: 1 }]);
      const [opened] = await openAttempts(deps, [{ orderId: order.id, channel }]);
      assert.equal(opened?.kind, 'opened');
      return { order, paymentId: opened.kind === 'opened' ? opened.payment.id : '' };
    }

    test('the goods go out, and the evidence names who said so and why', async () => {
      const { order, paymentId } = await begun();
      const said = { ...person, paymentId, amountMinor: order.totalMinor, bankReference: null };
      const outcome = await confirmTransfer(deps, said);
      assert.equal(outcome.kind === 'confirmed' && outcome.settled.kind, 'settled');
      const [evidence] = await evidenceOfOrder(shop.database.read, order.id);
      assert.equal(evidence?.source, 'manual');
      const audit = await shop.database.read
        .selectFrom('audit_log')
        .selectAll()
        .where('subject', '=', `payment:${paymentId}`)
        .execute();
      assert.deepEqual(
        audit.map(({ action, actor, reason }) => [action, actor, reason]),
        [['payment.confirm', 'owner', person.reason]],
      );
      assert.equal((await confirmTransfer(deps, { ...said, bankReference: 'B77' })).kind, 'confirmed-before');
    });

    test('two people at once confirm once', async () => {
      const { order, paymentId } = await begun();
      const said = { ...person, paymentId, amountMinor: order.totalMinor, bankReference: 'BANK-1' };
      await Promise.all([confirmTransfer(deps, said), confirmTransfer(deps, { ...said, actor: 'another' })]);
      assert.equal((await evidenceOfOrder(shop.database.read, order.id)).length, 1);
    });

    test('another amount, and a transfer that has paid another order, go to a person again', async () => {
      const first = await begun();
      const second = await begun();
      const less = { ...person, amountMinor: first.order.totalMinor - 1, bankReference: 'BANK-2' };
      const wrong = await confirmTransfer(deps, { ...less, paymentId: first.paymentId });
      assert.equal(wrong.kind === 'confirmed' && wrong.settled.kind, 'review');
      const again = { ...person, amountMinor: second.order.totalMinor, bankReference: 'BANK-2' };
      const reused = await confirmTransfer(deps, { ...again, paymentId: second.paymentId });
      assert.ok(reused.kind === 'confirmed' && reused.settled.kind !== 'settled');
      assert.equal((await readOrder(shop.database.read, second.order.id))?.status, 'pending');
      const cases = await shop.database.read.selectFrom('review_cases').selectAll().execute();
      assert.ok(cases.some((one) => one.kind === 'evidence_conflict' && one.trade_no === 'BANK-2'));
    });

    test('from the amount on two people confirm it, and two of them at once still once', async () => {
      const { order, paymentId } = await begun();
      await shop.database.transact('test.setting', (tx) => putSetting(tx, secondPersonSetting, '1', 1));
      try {
        const said = { ...person, paymentId, amountMinor: order.totalMinor, bankReference: 'BANK-9' };
        for (const actor of ['owner:anna', 'owner:anna', 'token:1 annas', 'owner:anna'])
          assert.equal((await confirmTransfer(deps, { ...said, actor })).kind, 'proposed', actor);
        const other = { ...said, bankReference: null, actor: 'owner:cy' };
        assert.equal(
          (await confirmTransfer(deps, other)).kind,
          'proposed',
          'without the number it is another decision',
        );
        assert.equal((await confirmTransfer(deps, { ...said, actor: 'owner:anna' })).kind, 'proposed');
        assert.equal((await evidenceOfOrder(shop.database.read, order.id)).length, 0);
        const both = await Promise.all(
          ['manager:bo', 'owner:dee'].map((actor) => confirmTransfer(deps, { ...said, actor, requestId: actor })),
        );
        assert.deepEqual(both.map(({ kind }) => kind).sort(), ['confirmed', 'confirmed-before']);
        assert.equal((await evidenceOfOrder(shop.database.read, order.id)).length, 1);
      } finally {
        await shop.database.transact('test.setting', (tx) => putSetting(tx, secondPersonSetting, '', 1));
      }
    });

    test('only a transfer by hand can be confirmed', async () => {
      const order = await shop.place([{ skuId, quantity: 1 }]);
      const paymentId = await shop.open(order);
      const said = { ...person, paymentId, amountMinor: order.totalMinor, bankReference: null };
      assert.equal((await confirmTransfer({ ...deps, channels: shop.world.channels }, said)).kind, 'not-by-hand');
      assert.equal((await confirmTransfer(deps, { ...said, paymentId: 'none' })).kind, 'payment-not-found');
    });
  });
}
