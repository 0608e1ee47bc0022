/** The contract of every channel, against a network that speaks its real protocol over HTTP. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dayOf } from '../../../gateways/books.ts';
import { forgeryNames, type GatewayDefinition } from '../../../gateways/gateway.ts';
import { follow } from '../../../gateways/payer.ts';
import { gateways } from '../../../gateways/registry.ts';
import type { Attempt, AttemptRef, RefundOrder, VerifiedPayment } from '../../../server/payment/channel.ts';
import { channelKinds } from '../../../server/payment/channels/kinds.ts';
import { until } from '../../kit/until.ts';
import { type CallbackDesk, openDesk, refOf } from './callback-desk.ts';

/** Confirmed by a person: there is no network to simulate. */
const withoutNetwork = ['manual'];

test('every kind of channel has a simulated network', () => {
  const simulated = new Set(gateways.map((definition) => definition.kind));
  const missing = channelKinds.filter(({ kind }) => !simulated.has(kind) && !withoutNetwork.includes(kind));
  assert.deepEqual(
    missing.map(({ kind }) => kind),
    [],
  );
});

for (const definition of gateways) {
  describe(definition.kind, { concurrency: 1 }, () => contract(definition));
}

function contract(definition: GatewayDefinition): void {
  const { has } = definition;
  let desk: CallbackDesk;
  before(async () => {
    desk = await openDesk(definition);
  });
  after(() => desk.close());

  test('a payment is begun, waits, is paid, called back, and known by asking', async () => {
    const { attempt, ref } = await begin(desk);
    const trade = desk.gateway.books.find(attempt.outTradeNo);
    assert.equal(trade?.amountMinor, attempt.amountMinor);
    assert.equal(trade?.currency, attempt.currency);
    assert.ok(['unpaid', 'not-found'].includes((await desk.channel.query(ref)).kind));
    const payment = await payAndSee(desk, attempt);
    assert.equal(payment.outTradeNo, attempt.outTradeNo);
    assert.equal(payment.amountMinor, attempt.amountMinor);
    assert.equal(payment.currency, attempt.currency);
    assert.equal(payment.merchant, desk.channel.merchant);
    const asked = await desk.channel.query(ref);
    assert.equal(asked.kind, 'paid');
    assert.ok(asked.kind === 'paid' && asked.payment.tradeNo === payment.tradeNo, 'the same trade has the same number');
    assert.equal(desk.gateway.callbacks.at(-1)?.acknowledged, true, 'our answer ends the tries');
  });

  test('the shop hears nothing it may believe from a forger', async () => {
    const { attempt } = await begin(desk);
    const { attempt: another } = await begin(desk);
    await payAndSee(desk, attempt);
    const trade = desk.gateway.books.find(attempt.outTradeNo);
    const other = desk.gateway.books.find(another.outTradeNo);
    assert.ok(trade && other);
    for (const name of forgeryNames) {
      const forged = await desk.gateway.wire.forge(name, trade, other);
      if (typeof forged === 'string') continue;
      const { method, url, headers, body } = forged;
      const seen = desk.verdicts.length;
      const payload = typeof body === 'string' ? body : body && new Uint8Array(body);
      const reply = await fetch(url, { method, headers, body: payload });
      const answer = { status: reply.status, body: await reply.text() };
      const verdict = desk.verdicts[seen];
      assert.equal(verdict?.kind, 'rejected', `${name} was believed: ${JSON.stringify(verdict)}`);
      assert.ok(verdict.kind === 'rejected' && verdict.reason.length > 5, `${name}: the log says why`);
      assert.equal(desk.gateway.wire.acknowledged(answer), false, `${name} was told yes`);
    }
  });

  test('garbage is rejected, whatever the method', async () => {
    const { notifyUrl } = (await begin(desk).then(({ attempt }) => desk.gateway.books.find(attempt.outTradeNo))) ?? {};
    for (const [method, query, body] of [
      ['GET', '', undefined],
      ['POST', '', ''],
      ['POST', '', '{"sign":true}'],
      ['POST', '?sign=1', 'sign=&sign=2&a[b]=c'],
      ['POST', '', '\u0000\uffff'.repeat(500)],
      ['GET', '?sign=%E0%A4%A&sign_type=MD5', undefined],
    ] as const) {
      const seen = desk.verdicts.length;
      const reply = await fetch(`${notifyUrl}${query}`, { method, body });
      const verdict = desk.verdicts[seen];
      assert.ok(verdict?.kind === 'rejected', `${method} ${query} ${body}: ${JSON.stringify(verdict)}`);
      assert.equal(desk.gateway.wire.acknowledged({ status: reply.status, body: await reply.text() }), false);
    }
  });

  if (has.otherAmounts)
    test('money in another amount is told as it is', async () => {
      const { attempt } = await begin(desk);
      await desk.gateway.pay(attempt.outTradeNo, attempt.amountMinor - 1);
      await desk.gateway.settled();
      const last = desk.verdicts.at(-1);
      // A network that tells payments apart by their amount does not call this a payment at all.
      assert.ok(last?.kind !== 'paid' || last.payment.amountMinor === attempt.amountMinor - 1, JSON.stringify(last));
    });

  if (has.close)
    test('a closed attempt takes no money', async () => {
      const { attempt, ref } = await begin(desk);
      const closed = await desk.channel.close(ref);
      if (closed.kind === 'not-supported') return;
      assert.equal(closed.kind, 'closed');
      assert.equal(await desk.gateway.pay(attempt.outTradeNo), false);
      assert.notEqual((await desk.channel.query(ref)).kind, 'paid');
      const { attempt: paid, ref: paidRef } = await begin(desk);
      await payAndSee(desk, paid);
      assert.equal((await desk.channel.close(paidRef)).kind, 'paid');
    });

  if (has.refund)
    test('money goes back in parts, each number once, never more than came', async () => {
      const { attempt, ref } = await begin(desk);
      const payment = await payAndSee(desk, attempt);
      const order = refundOf(attempt, { ...ref, tradeNo: payment.tradeNo }, payment);
      const part = { ...order, amountMinor: 234, refundNo: `${attempt.outTradeNo}R01` };
      if ((await desk.channel.refund(part)).kind === 'by-hand') {
        const whole = { ...order, amountMinor: 1234, refundNo: `${attempt.outTradeNo}R01` };
        await refunded(desk, whole);
        assert.equal(refundedAt(desk, attempt), 1234);
        return;
      }
      await refunded(desk, part);
      await refunded(desk, part);
      assert.equal(refundedAt(desk, attempt), 234, 'the same number again is the same refund');
      await refunded(desk, { ...order, amountMinor: 1000, refundNo: `${attempt.outTradeNo}R02` });
      assert.equal(refundedAt(desk, attempt), 1234);
      const more = await desk.channel.refund({ ...order, amountMinor: 1, refundNo: `${attempt.outTradeNo}R03` });
      assert.equal(more.kind, 'rejected');
      const asked = await desk.channel.query({ ...ref, tradeNo: payment.tradeNo });
      assert.ok(['refunded', 'paid'].includes(asked.kind), asked.kind);
    });

  if (has.bill)
    test('the bill has what happened', async () => {
      const { bill } = desk.channel;
      assert.ok(bill);
      const { attempt } = await begin(desk);
      const payment = await payAndSee(desk, attempt);
      const result = await bill.fetch(dayOf(Date.now(), bill.dayOffsetMinutes));
      assert.ok(result.kind === 'bill', JSON.stringify(result));
      const row = result.rows.find((one) => one.type === 'payment' && one.tradeNo === payment.tradeNo);
      assert.equal(row?.outTradeNo, attempt.outTradeNo);
      assert.equal(row?.amountMinor, attempt.amountMinor);
      assert.equal(row?.status, 'succeeded');
    });

  test('its probe says how it is', async () => {
    assert.deepEqual(await desk.channel.probe(), { kind: 'healthy' });
    desk.gateway.mischief.next('error-5xx');
    assert.equal((await desk.channel.probe().catch(() => ({ kind: 'failing' }))).kind, 'failing');
  });

  test('no answer, a broken one or one signed by a stranger proves nothing', async () => {
    const { attempt, ref } = await begin(desk);
    await payAndSee(desk, attempt);
    for (const mischief of ['error-5xx', 'time-out', 'answer-lost', 'wrong-signature'] as const) {
      if (mischief === 'wrong-signature' && !has.signedAnswers) continue;
      desk.gateway.mischief.next(mischief);
      const asked = await desk.channel.query(ref).catch(() => ({ kind: 'unknown' }));
      assert.equal(asked.kind, 'unknown', mischief);
      desk.gateway.mischief.behave();
    }
    assert.equal((await desk.channel.query(ref)).kind, 'paid');
  });

  test('beginning again after a lost answer begins the same', async () => {
    if (desk.channel.prepare) return;
    const attempt = desk.attempt();
    desk.gateway.mischief.next('answer-lost');
    const before = desk.gateway.mischief.fired.get('answer-lost') ?? 0;
    const lost = await desk.channel.create(attempt).catch(() => ({ kind: 'unavailable' }));
    desk.gateway.mischief.behave();
    // Some make the cashier's form themselves, and ask nobody.
    if ((desk.gateway.mischief.fired.get('answer-lost') ?? 0) === before) return;
    assert.equal(lost.kind, 'unavailable');
    const again = await desk.channel.create(attempt);
    // A network may also say that the number is used: the attempt has failed then, and the payer gets a new one.
    assert.ok(again.kind === 'created' || again.kind === 'refused', JSON.stringify(again));
    const trades = desk.gateway.books.all().filter((trade) => trade.outTradeNo === attempt.outTradeNo);
    assert.equal(trades.length, 1);
  });

  if (has.rotation)
    test('new keys of the network are believed', async () => {
      await desk.gateway.wire.rotate?.();
      const { attempt } = await begin(desk);
      await payAndSee(desk, attempt);
    });
}

async function begin(desk: CallbackDesk, attempt = desk.attempt()): Promise<{ attempt: Attempt; ref: AttemptRef }> {
  const { channel } = desk;
  if (channel.prepare) {
    await follow(channel.prepare(attempt));
    return { attempt, ref: refOf(attempt, null) };
  }
  const created = await channel.create(attempt);
  assert.ok(created.kind === 'created', JSON.stringify(created));
  await follow(created.action);
  return { attempt, ref: refOf(attempt, created.reference ?? null) };
}

/** Pays, and waits for the message; a network that only says "ask" is asked. */
async function payAndSee(desk: CallbackDesk, attempt: Attempt): Promise<VerifiedPayment> {
  const seen = desk.verdicts.length;
  assert.equal(await desk.gateway.pay(attempt.outTradeNo), true);
  await until(
    'a callback',
    async () => desk.verdicts.slice(seen).some(({ kind }) => kind === 'paid' || kind === 'ask'),
    5000,
  );
  await desk.gateway.settled();
  const verdict = desk.verdicts.slice(seen).find(({ kind }) => kind === 'paid' || kind === 'ask');
  if (verdict?.kind === 'paid') return verdict.payment;
  const trade = desk.gateway.books.find(attempt.outTradeNo);
  const asked = await desk.channel.query(refOf(attempt, trade?.reference ?? null));
  assert.ok(asked.kind === 'paid', JSON.stringify(asked));
  return asked.payment;
}

function refundOf(attempt: Attempt, ref: AttemptRef, payment: VerifiedPayment): RefundOrder {
  return {
    refundNo: '',
    createdAt: Date.now(),
    reference: null,
    attempt: ref,
    tradeNo: payment.tradeNo,
    amountMinor: 0,
    paymentAmountMinor: attempt.amountMinor,
    currency: attempt.currency,
    reason: '测试退款',
  };
}

/** As the outbox does: asked for, then followed until the network says yes. */
async function refunded(desk: CallbackDesk, order: RefundOrder): Promise<void> {
  let result = await desk.channel.refund(order);
  for (let tries = 0; result.kind === 'processing' && tries < 20; tries++) {
    const reference = result.reference ?? order.reference;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const asked = await (desk.channel.queryRefund ?? desk.channel.refund)({ ...order, reference });
    assert.notEqual(asked.kind, 'not-found');
    result = asked as typeof result;
  }
  assert.equal(result.kind, 'succeeded', JSON.stringify(result));
}

function refundedAt(desk: CallbackDesk, { outTradeNo }: Attempt): number {
  const refunds = desk.gateway.books.find(outTradeNo)?.refunds ?? [];
  return refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
}
