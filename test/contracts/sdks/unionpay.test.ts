/**
 * UnionPay has no SDK for Node that is kept. What holds both sides to the truth is a published message of its test gateway
 * (server/payment/channels/unionpay/wire.test.ts); here channel and simulator, written apart, meet.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { forgeryNames } from '../../../gateways/gateway.ts';
import { follow } from '../../../gateways/payer.ts';
import { partiesOf, unionpayGateway } from '../../../gateways/unionpay/gateway.ts';
import { wronglyCertified } from '../../../gateways/unionpay/messages.ts';
import { unionpay } from '../../../server/payment/channels/unionpay/channel.ts';
import { type ChannelBench, callbackOf, channelBench, refOf } from './channel-bench.ts';
import { until } from './until-found.ts';

suite('UnionPay', () => {
  let bench: ChannelBench;
  before(async () => {
    bench = await channelBench(unionpayGateway, unionpay);
  });
  after(() => bench.close());

  async function paid(device: 'pc' | 'mobile' = 'pc') {
    const attempt = bench.attempt({ device });
    const created = await bench.channel.create(attempt);
    assert.ok(created.kind === 'created' && created.action.type === 'form');
    assert.equal(created.action.fields.channelType, device === 'pc' ? '07' : '08');
    await follow(created.action);
    await bench.gateway.pay(attempt.outTradeNo);
    await bench.gateway.settled();
    const found = await bench.channel.query(refOf(attempt));
    assert.ok(found.kind === 'paid', JSON.stringify(found));
    return { attempt, payment: found.payment };
  }

  test('a payment from the form to the money', async () => {
    const attempt = bench.attempt();
    assert.deepEqual(await bench.channel.query(refOf(attempt)), { kind: 'not-found' });
    assert.deepEqual(await bench.channel.close(refOf(attempt)), { kind: 'not-supported' });
    for (const device of ['pc', 'mobile'] as const) {
      const { payment, attempt: done } = await paid(device);
      const verdict = bench.received.at(-1)?.verdict;
      assert.ok(verdict?.kind === 'paid', JSON.stringify(verdict));
      const { raw: _a, source: _b, ...called } = verdict.payment;
      const { raw: _c, source: _d, ...asked } = payment;
      assert.deepEqual(called, asked);
      assert.deepEqual([called.outTradeNo, called.amountMinor, called.currency], [done.outTradeNo, 1234, 'CNY']);
      assert.ok(Math.abs((called.paidAt ?? 0) - Date.now()) < 60_000);
      const elsewhen = { ...refOf(done), createdAt: done.createdAt + 1000 };
      assert.deepEqual(await bench.channel.query(elsewhen), { kind: 'not-found' }, 'an order is a number and a time');
    }
    assert.equal(bench.gateway.callbacks.at(-1)?.acknowledged, true);
  });

  test('refunds happen once for a number, are told when done, and stand in the bill', async () => {
    const { attempt, payment } = await paid();
    const { tradeNo } = payment;
    const order = (number: string, amountMinor: number) => ({
      refundNo: `${attempt.outTradeNo}${number}`,
      createdAt: attempt.createdAt,
      reference: null,
      attempt: refOf(attempt, tradeNo),
      tradeNo,
      amountMinor,
      paymentAmountMinor: 1234,
      currency: 'CNY',
      reason: '缺货',
    });
    assert.deepEqual(await bench.channel.queryRefund?.(order('R01', 234)), { kind: 'not-found' });
    assert.deepEqual(await bench.channel.refund(order('R01', 234)), { kind: 'processing' });
    const again = await bench.channel.refund(order('R01', 234));
    assert.ok(again.kind === 'processing' || again.kind === 'succeeded', 'repeated');
    assert.equal((await bench.channel.refund(order('R02', 1001))).kind, 'rejected');
    const verdict = await until(() => bench.received.map((each) => each.verdict).find(({ kind }) => kind === 'refund'));
    assert.ok(verdict.kind === 'refund');
    const { refundNo, amountMinor, outcome } = verdict.notice;
    assert.deepEqual([refundNo, amountMinor, outcome], [`${attempt.outTradeNo}R01`, 234, 'succeeded']);
    assert.equal(verdict.notice.tradeNo, tradeNo);
    assert.equal((await bench.channel.queryRefund?.(order('R01', 234)))?.kind, 'succeeded');
    const day = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const bill = await bench.channel.bill?.fetch(day);
    assert.ok(bill?.kind === 'bill', JSON.stringify(bill));
    assert.deepEqual(
      bill.rows
        .filter((row) => row.tradeNo === tradeNo)
        .map((row) => [row.type, row.outTradeNo, row.refundNo, row.amountMinor, row.feeMinor]),
      [
        ['payment', attempt.outTradeNo, null, 1234, 7],
        ['refund', null, `${attempt.outTradeNo}R01`, 234, -1],
      ],
    );
    assert.equal((await bench.channel.bill?.fetch('2020-06-01'))?.kind, 'not-ready');
  });

  test('forgeries are rejected, each with a reason', async () => {
    const { attempt: mine } = await paid();
    const { attempt: other } = await paid();
    const { books, wire } = bench.gateway;
    const [trade, another] = [books.find(mine.outTradeNo)!, books.find(other.outTradeNo)!];
    for (const name of forgeryNames) {
      const forged = await wire.forge(name, trade, another);
      if (typeof forged === 'string') continue;
      const verdict = await bench.channel.verify(callbackOf(forged));
      assert.ok(verdict.kind === 'rejected' && verdict.reason.length > 5, `${name}: ${JSON.stringify(verdict)}`);
    }
    for (const by of ['otherMerchant', 'stranger'] as const) {
      const verdict = await bench.channel.verify(callbackOf(wronglyCertified(trade, by, partiesOf.get(wire)!)));
      assert.deepEqual(verdict, { kind: 'rejected', reason: "the certificate is not UnionPay's" }, by);
    }
  });

  test('an answer signed by somebody else says nothing; a probe tells of wrong keys', async () => {
    const { attempt } = await paid();
    bench.gateway.mischief.next('wrong-signature', 2);
    assert.equal((await bench.channel.query(refOf(attempt))).kind, 'unknown');
    assert.equal((await bench.channel.probe()).kind, 'failing');
    assert.deepEqual(await bench.channel.probe(), { kind: 'healthy' });
    const probed = await bench.open({ ...bench.settings, merId: '777290058110049' }).probe();
    assert.ok(probed.kind === 'failing' && probed.reason.includes('11'), JSON.stringify(probed));
  });

  test('a new certificate of UnionPay comes with its first message', async () => {
    await bench.gateway.wire.rotate?.();
    await paid();
    assert.equal(bench.received.at(-1)?.verdict.kind, 'paid');
  });

  test('settings whose keys cannot be read or do not belong together open no channel', () => {
    const parties = partiesOf.get(bench.gateway.wire)!;
    const other = { ...bench.settings, certificate: parties.otherMerchant.certificate };
    assert.throws(() => bench.open(other), /certificate: does not belong to the private key/);
    for (const name of ['privateKey', 'certificate', 'rootCertificate', 'middleCertificate']) {
      assert.throws(() => bench.open({ ...bench.settings, [name]: 'none' }), new RegExp(name));
    }
  });
});
