/**
 * Alipay's official SDK against our simulator, and its checks against our channel: whatever shop and simulator agree on,
 * a third party must agree on too.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { AlipaySdk } from 'alipay-sdk';
import { alipayGateway } from '../../../gateways/alipay/gateway.ts';
import { forgeryNames } from '../../../gateways/gateway.ts';
import { follow } from '../../../gateways/payer.ts';
import { alipay } from '../../../server/payment/channels/alipay/channel.ts';
import { type ChannelBench, callbackOf, channelBench, refOf } from './channel-bench.ts';

for (const mode of ['key', 'certificate'] as const) {
  suite(`Alipay in ${mode} mode`, () => {
    let bench: ChannelBench;
    let sdk: AlipaySdk;
    before(async () => {
      bench = await channelBench(alipayGateway(mode), alipay);
      const { settings } = bench;
      const text = (name: string) => String(settings[name]);
      const common = {
        appId: text('appId'),
        privateKey: text('privateKey'),
        keyType: 'PKCS8' as const,
        gateway: text('gatewayUrl'),
      };
      sdk = new AlipaySdk(
        mode === 'key'
          ? { ...common, alipayPublicKey: text('alipayPublicKey') }
          : {
              ...common,
              appCertContent: text('appCertificate'),
              alipayPublicCertContent: text('alipayCertificate'),
              alipayRootCertContent: text('alipayRootCertificate'),
            },
      );
    });
    after(() => bench.close());

    test('the SDK trades with the simulator and believes its answers', async () => {
      const { outTradeNo } = bench.attempt();
      const ask = (method: string, bizContent: Record<string, string>) =>
        sdk.exec(method, { bizContent, notify_url: bench.notifyUrl }, { validateSign: true });
      const created = await ask('alipay.trade.precreate', { outTradeNo, totalAmount: '12.34', subject: '月卡' });
      assert.equal(created.code, '10000');
      assert.equal((await ask('alipay.trade.query', { outTradeNo })).subCode, 'ACQ.TRADE_NOT_EXIST', 'not scanned yet');
      await fetch(created.qrCode as string);
      assert.equal((await ask('alipay.trade.query', { outTradeNo })).tradeStatus, 'WAIT_BUYER_PAY');
      await bench.gateway.pay(outTradeNo);
      const paid = await ask('alipay.trade.query', { outTradeNo });
      assert.deepEqual([paid.tradeStatus, paid.totalAmount], ['TRADE_SUCCESS', '12.34']);
      const refunded = await ask('alipay.trade.refund', { outTradeNo, refundAmount: '2.00', outRequestNo: 'R1' });
      assert.deepEqual([refunded.fundChange, refunded.refundFee], ['Y', '2.00']);
      await bench.gateway.settled();
    });

    test('the SDK accepts the messages that the simulator sends and the channel believes', async () => {
      const genuine = bench.received.filter(({ verdict }) => verdict.kind !== 'rejected');
      assert.deepEqual(genuine.map(({ verdict }) => verdict.kind), ['paid', 'refund']); // biome-ignore format: short
      for (const { request } of genuine) {
        const fields = Object.fromEntries(new URLSearchParams(request.rawBody.toString()));
        assert.equal(sdk.checkNotifySignV2(fields), true);
        assert.equal(sdk.checkNotifySignV2({ ...fields, total_amount: '0.01' }), false);
      }
    });

    test('a payment by each product, from the code to the money', async () => {
      for (const [device, product, type] of [
        ['pc', 'auto', 'qr'],
        ['mobile', 'auto', 'redirect'],
        ['pc', 'page', 'redirect'],
        ['mobile', 'qr', 'qr'],
      ] as const) {
        const channel = bench.open({ ...bench.settings, product });
        const attempt = bench.attempt({ device });
        const created = await channel.create(attempt);
        assert.ok(created.kind === 'created' && created.action.type === type, JSON.stringify(created));
        const repeated = await channel.create(attempt);
        assert.equal(repeated.kind, 'created', 'asked again after an answer that was lost');
        await follow(created.action);
        assert.deepEqual(await channel.query(refOf(attempt)), { kind: 'unpaid' });
        await bench.gateway.pay(attempt.outTradeNo);
        const found = await channel.query(refOf(attempt));
        assert.ok(found.kind === 'paid');
        assert.equal(found.payment.amountMinor, 1234);
        assert.ok(Math.abs((found.payment.paidAt ?? 0) - Date.now()) < 60_000);
        assert.deepEqual(await channel.close(refOf(attempt)), { kind: 'paid' });
      }
    });

    test('a code nobody scanned is not closed, a scanned one can be', async () => {
      const attempt = bench.attempt();
      const created = await bench.channel.create(attempt);
      assert.ok(created.kind === 'created');
      assert.deepEqual(await bench.channel.query(refOf(attempt)), { kind: 'not-found' });
      assert.deepEqual(await bench.channel.close(refOf(attempt)), { kind: 'not-found' });
      await follow(created.action);
      assert.deepEqual(await bench.channel.close(refOf(attempt)), { kind: 'closed' });
      assert.deepEqual(await bench.channel.close(refOf(attempt)), { kind: 'closed' });
      assert.deepEqual(await bench.channel.query(refOf(attempt)), { kind: 'closed' });
      assert.equal((await bench.channel.create(attempt)).kind, 'refused');
    });

    test('refunds happen once for a number, are told when asked, and stand in the bill', async () => {
      const attempt = bench.attempt();
      await bench.channel.create(attempt);
      await bench.gateway.pay(attempt.outTradeNo);
      const found = await bench.channel.query(refOf(attempt));
      assert.ok(found.kind === 'paid');
      const { tradeNo } = found.payment;
      const order = (refundNo: string, amountMinor: number) => ({
        refundNo: `${attempt.outTradeNo}${refundNo}`,
        createdAt: Date.now(),
        reference: null,
        attempt: refOf(attempt, tradeNo),
        tradeNo,
        amountMinor,
        paymentAmountMinor: 1234,
        currency: 'CNY',
        reason: '缺货',
      });
      assert.deepEqual(await bench.channel.queryRefund?.(order('R01', 234)), { kind: 'not-found' });
      assert.deepEqual(await bench.channel.refund(order('R01', 234)), { kind: 'succeeded' });
      assert.deepEqual(await bench.channel.refund(order('R01', 234)), { kind: 'succeeded' }, 'repeated');
      assert.equal((await bench.channel.refund(order('R02', 1001))).kind, 'rejected');
      assert.deepEqual(await bench.channel.queryRefund?.(order('R02', 1001)), { kind: 'not-found' });
      assert.deepEqual(await bench.channel.refund(order('R03', 1000)), { kind: 'succeeded' });
      const whole = await bench.channel.query(refOf(attempt));
      assert.ok(whole.kind === 'refunded' && whole.refundedMinor === 1234);
      await bench.gateway.settled();
      const notices = bench.received.flatMap(({ verdict }) => (verdict.kind === 'refund' ? [verdict.notice] : []));
      assert.deepEqual(
        notices
          .filter((notice) => notice.tradeNo === tradeNo)
          .map((notice) => [notice.refundNo, notice.totalRefundedMinor]),
        [
          [`${attempt.outTradeNo}R01`, 234],
          [`${attempt.outTradeNo}R03`, 1234],
        ],
      );
      const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      const bill = await bench.channel.bill?.fetch(today);
      assert.ok(bill?.kind === 'bill');
      assert.deepEqual(
        bill.rows
          .filter((row) => row.tradeNo === tradeNo)
          .map((row) => [row.type, row.outTradeNo, row.refundNo, row.amountMinor, row.feeMinor]),
        [
          ['payment', attempt.outTradeNo, null, 1234, 7],
          ['refund', attempt.outTradeNo, `${attempt.outTradeNo}R01`, 234, -1],
          ['refund', attempt.outTradeNo, `${attempt.outTradeNo}R03`, 1000, -6],
        ],
      );
      assert.equal((await bench.channel.bill?.fetch('2020-01-01'))?.kind, 'bill', 'long ago: a day without trade');
      assert.equal((await bench.channel.bill?.fetch('2099-01-01'))?.kind, 'not-ready');
    });

    test('forgeries are rejected, each with a reason', async () => {
      const [mine, other] = [bench.attempt(), bench.attempt()];
      for (const attempt of [mine, other]) await bench.channel.create(attempt);
      const { books, wire } = bench.gateway;
      for (const name of forgeryNames) {
        const forged = await wire.forge(name, books.find(mine.outTradeNo)!, books.find(other.outTradeNo)!);
        if (typeof forged === 'string') continue;
        const verdict = await bench.channel.verify(callbackOf(forged));
        assert.ok(verdict.kind === 'rejected' && verdict.reason.length > 5, `${name}: ${JSON.stringify(verdict)}`);
      }
    });

    test('an answer signed by somebody else says nothing; a probe tells of wrong keys', async () => {
      const attempt = bench.attempt();
      bench.gateway.mischief.next('wrong-signature', 4);
      assert.equal((await bench.channel.create(attempt)).kind, 'unavailable');
      assert.equal((await bench.channel.query(refOf(attempt))).kind, 'unknown');
      assert.equal((await bench.channel.close(refOf(attempt))).kind, 'unknown');
      assert.equal((await bench.channel.probe()).kind, 'failing');
      assert.deepEqual(await bench.channel.probe(), { kind: 'healthy' });
      if (mode === 'key') {
        const stranger = bench.open({ ...bench.settings, appId: '2021000000000009' });
        const probed = await stranger.probe();
        assert.ok(probed.kind === 'failing' && probed.reason.includes('isv.invalid-app-id'), JSON.stringify(probed));
      }
    });

    test('settings without their keys open no channel', () => {
      const without = (name: string) => ({ ...bench.settings, [name]: undefined });
      const needed =
        mode === 'key' ? ['alipayPublicKey'] : ['appCertificate', 'alipayCertificate', 'alipayRootCertificate'];
      for (const name of needed) assert.throws(() => bench.open(without(name)), new RegExp(name));
    });

    if (mode === 'certificate') {
      test('a new certificate of Alipay is fetched, proved and used', async () => {
        const before = bench.attempt();
        await bench.channel.create(before);
        await bench.gateway.wire.rotate?.();
        const trade = bench.gateway.books.find(before.outTradeNo)!;
        bench.gateway.books.pay(trade);
        const message = callbackOf((await bench.gateway.wire.message({ kind: 'paid', trade })) as never);
        bench.clock.offsetMs += 60_000;
        bench.gateway.mischief.next('error-5xx');
        assert.equal((await bench.channel.verify(message)).kind, 'rejected', 'it could not be fetched');
        bench.clock.offsetMs += 60_000;
        assert.equal((await bench.channel.verify(message)).kind, 'paid');
        const attempt = bench.attempt();
        const created = await bench.channel.create(attempt);
        assert.equal(created.kind, 'created', JSON.stringify(created));
        await bench.gateway.pay(attempt.outTradeNo);
        await bench.gateway.settled();
        assert.equal(bench.received.at(-1)?.verdict.kind, 'paid');
      });
    }
  });
}
