/** A well-kept SDK of WeChat Pay (wechatpay-axios-plugin) against our simulator, and our channel against both. */
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import sdk from 'wechatpay-axios-plugin';
import { forgeryNames } from '../../../gateways/gateway.ts';
import { follow } from '../../../gateways/payer.ts';
import { serveGateway } from '../../../gateways/serve-gateway.ts';
import { wechatGateway } from '../../../gateways/wechat/gateway.ts';
import { probe } from '../../../gateways/wechat/messages.ts';
import { wechat } from '../../../server/payment/channels/wechat/channel.ts';
import { lines } from '../../../server/payment/channels/wechat/wire.ts';
import { verifiesSha256 } from '../../../server/payment/wire/rsa.ts';
import { type ChannelBench, callbackOf, channelBench, refOf } from './channel-bench.ts';
import { until } from './until-found.ts';

const { Wechatpay, Aes, Rsa, Formatter } = sdk;

for (const mode of ['public-key', 'certificate', 'both'] as const) {
  suite(`WeChat Pay, ${mode}`, () => {
    let bench: ChannelBench;
    const text = (name: string) => String(bench.settings[name]);
    before(async () => {
      bench = await channelBench(wechatGateway(mode), wechat);
    });
    after(() => bench.close());

    test('a payment by each product, from the code to the money', async () => {
      for (const [device, openid, type] of [
        ['pc', null, 'qr'],
        ['mobile', null, 'redirect'],
        ['wechat', 'o1', 'jsapi'],
        ['wechat', null, 'qr'],
      ] as const) {
        const attempt = bench.attempt({ device, openid });
        const created = await bench.channel.create(attempt);
        assert.ok(created.kind === 'created' && created.action.type === type, JSON.stringify(created));
        assert.equal((await bench.channel.create(attempt)).kind, 'created', 'asked again after a lost answer');
        if (created.action.type === 'jsapi') {
          const { appId, timeStamp, nonceStr, package: prepay, paySign, signType } = created.action.params;
          const signed = lines(appId!, timeStamp!, nonceStr!, prepay!);
          assert.equal(signType, 'RSA');
          assert.equal(verifiesSha256(signed, paySign, createPublicKey(createPrivateKey(text('privateKey')))), true);
        } else await follow(created.action);
        assert.deepEqual(await bench.channel.query(refOf(attempt)), { kind: 'unpaid' });
        await bench.gateway.pay(attempt.outTradeNo);
        await bench.gateway.settled();
        const verdict = bench.received.at(-1)?.verdict;
        assert.ok(verdict?.kind === 'paid', JSON.stringify(verdict));
        const found = await bench.channel.query(refOf(attempt));
        assert.ok(found.kind === 'paid');
        const { raw: _a, source: _b, ...called } = verdict.payment;
        const { raw: _c, source: _d, ...asked } = found.payment;
        assert.deepEqual(called, asked);
        assert.deepEqual([called.amountMinor, called.merchant, called.currency], [1234, text('mchid'), 'CNY']);
        assert.equal(bench.gateway.callbacks.at(-1)?.acknowledged, true);
      }
    });

    test('the SDK verifies and opens the messages that the channel believes', async () => {
      const certificates = await certificatesBySdk(bench);
      for (const { request } of bench.received) {
        const header = (name: string) => String(request.headers[`wechatpay-${name}`]);
        const body = request.rawBody.toString();
        const signed = Formatter.response(header('timestamp'), header('nonce'), body);
        const key = certificates[header('serial')] ?? Rsa.from(text('publicKey'), Rsa.KEY_TYPE_PUBLIC);
        assert.equal(Rsa.verify(signed, header('signature'), key), true);
        const { ciphertext, nonce, associated_data: extra } = JSON.parse(body).resource;
        assert.equal(JSON.parse(Aes.AesGcm.decrypt(ciphertext, text('apiV3Key'), nonce, extra)).mchid, text('mchid'));
      }
    });

    test('the SDK trades with the simulator and believes its answers', async () => {
      const client = new Wechatpay({
        mchid: text('mchid'),
        serial: text('merchantSerial'),
        privateKey: text('privateKey'),
        certs:
          mode === 'public-key' || mode === 'both'
            ? { [text('publicKeyId')]: text('publicKey') }
            : await certificatesBySdk(bench),
        baseURL: text('baseUrl'),
        ...(mode === 'certificate' ? {} : { headers: { 'Wechatpay-Serial': text('publicKeyId') } }),
      } as never) as unknown as { client: { request: SdkRequest } };
      const { outTradeNo } = bench.attempt();
      const order = {
        mchid: text('mchid'),
        appid: text('appid'),
        description: '月卡',
        out_trade_no: outTradeNo,
        notify_url: bench.notifyUrl,
        amount: { total: 500, currency: 'CNY' },
      };
      const created = await client.client.request('v3/pay/transactions/native', 'POST', order);
      assert.match(created.data.code_url ?? '', /^http/);
      await bench.gateway.pay(outTradeNo);
      const asked = await client.client.request(`v3/pay/transactions/out-trade-no/${outTradeNo}`, 'GET', undefined, {
        params: { mchid: text('mchid') },
      });
      assert.equal(asked.data.trade_state, 'SUCCESS');
      bench.gateway.mischief.next('wrong-signature');
      await assert.rejects(
        client.client.request(`v3/pay/transactions/out-trade-no/${outTradeNo}`, 'GET', undefined, {
          params: { mchid: text('mchid') },
        }),
      );
      await bench.gateway.settled();
    });

    test('nothing is closed before its five minutes are over; then it is', async () => {
      const [unpaid, paid, never] = [bench.attempt(), bench.attempt(), bench.attempt()];
      for (const attempt of [unpaid, paid]) await bench.channel.create(attempt);
      assert.deepEqual(await bench.channel.close(refOf(unpaid)), { kind: 'not-supported' });
      const aged = (attempt: typeof paid) => ({ ...refOf(attempt), createdAt: attempt.createdAt - 301_000 });
      await bench.gateway.pay(paid.outTradeNo);
      assert.deepEqual(await bench.channel.close(aged(paid)), { kind: 'paid' });
      assert.deepEqual(await bench.channel.close(aged(unpaid)), { kind: 'closed' });
      assert.deepEqual(await bench.channel.close(aged(unpaid)), { kind: 'closed' });
      assert.deepEqual(await bench.channel.close(aged(never)), { kind: 'not-found' });
      assert.deepEqual(await bench.channel.query(refOf(unpaid)), { kind: 'closed' });
      assert.deepEqual(await bench.channel.query(refOf(never)), { kind: 'not-found' });
      await bench.gateway.settled();
    });

    test('refunds happen once for a number, are told when done, and stand in the bill', async () => {
      const attempt = bench.attempt();
      await bench.channel.create(attempt);
      await bench.gateway.pay(attempt.outTradeNo);
      const found = await bench.channel.query(refOf(attempt));
      assert.ok(found.kind === 'paid');
      const { tradeNo } = found.payment;
      const order = (number: string, amountMinor: number) => ({
        refundNo: `${attempt.outTradeNo}${number}`,
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
      assert.equal((await bench.channel.refund(order('R01', 234))).kind, 'processing');
      assert.notEqual((await bench.channel.refund(order('R01', 234))).kind, 'rejected');
      assert.equal((await bench.channel.refund(order('R02', 1001))).kind, 'rejected');
      const notice = await until(() =>
        bench.received.map(({ verdict }) => verdict).find((verdict) => verdict.kind === 'refund'),
      );
      assert.ok(notice.kind === 'refund');
      assert.deepEqual(
        [notice.notice.refundNo, notice.notice.amountMinor, notice.notice.tradeNo, notice.notice.outcome],
        [`${attempt.outTradeNo}R01`, 234, tradeNo, 'succeeded'],
      );
      assert.equal((await bench.channel.queryRefund?.(order('R01', 234)))?.kind, 'succeeded');
      assert.equal((await bench.channel.query(refOf(attempt))).kind, 'refunded');
      const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      const bill = await bench.channel.bill?.fetch(today);
      assert.ok(bill?.kind === 'bill', JSON.stringify(bill));
      assert.deepEqual(
        bill.rows
          .filter((row) => row.tradeNo === tradeNo)
          .map((row) => [row.type, row.outTradeNo, row.refundNo, row.amountMinor, row.feeMinor, row.status]),
        [
          ['payment', attempt.outTradeNo, null, 1234, 7, 'succeeded'],
          ['refund', attempt.outTradeNo, `${attempt.outTradeNo}R01`, 234, -1, 'succeeded'],
        ],
      );
      assert.deepEqual(await bench.channel.bill?.fetch('2020-01-01'), { kind: 'bill', rows: [] });
    });

    test('forgeries are rejected, each with a reason, and WeChat hears a failure', async () => {
      const [mine, other] = [bench.attempt(), bench.attempt()];
      for (const attempt of [mine, other]) await bench.channel.create(attempt);
      const { books, wire } = bench.gateway;
      for (const name of forgeryNames) {
        const forged = await wire.forge(name, books.find(mine.outTradeNo)!, books.find(other.outTradeNo)!);
        assert.ok(typeof forged !== 'string', name);
        const verdict = await bench.channel.verify(callbackOf(forged));
        assert.ok(verdict.kind === 'rejected' && verdict.reason.length > 5, `${name}: ${JSON.stringify(verdict)}`);
      }
      // Signed badly on purpose, by WeChat itself, to see whether we look.
      const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const looked = probe(books.find(mine.outTradeNo)!, text('apiV3Key'), { serial: 'x', key }, Date.now());
      const verdict = await bench.channel.verify(callbackOf(looked));
      assert.ok(verdict.kind === 'rejected' && verdict.reason.includes('probe'));
      assert.equal(bench.channel.acknowledge.failure.status, 400);
    });

    test('an answer signed by somebody else says nothing; a probe tells of wrong keys', async () => {
      const attempt = bench.attempt();
      bench.gateway.mischief.next('wrong-signature');
      assert.equal((await bench.channel.create(attempt)).kind, 'unavailable');
      assert.deepEqual(await bench.channel.probe(), { kind: 'healthy' });
      const stranger = bench.open({ ...bench.settings, merchantSerial: 'ABCDEF0123456789' });
      const probed = await stranger.probe();
      assert.ok(probed.kind === 'failing' && probed.reason.includes('SIGN_ERROR'), JSON.stringify(probed));
      assert.equal((await stranger.create(attempt)).kind, 'unavailable');
    });

    if (mode !== 'public-key') {
      test('new platform certificates are fetched and used', async () => {
        await bench.gateway.wire.rotate?.();
        bench.clock.offsetMs += 60_000;
        for (let round = 0; round < 4; round += 1) {
          const attempt = bench.attempt();
          assert.equal((await bench.channel.create(attempt)).kind, 'created');
          await bench.gateway.pay(attempt.outTradeNo);
          await bench.gateway.settled();
          assert.equal(bench.received.at(-1)?.verdict.kind, 'paid');
        }
      });
    }
  });
}

test('when the first address is silent, the second is asked and kept for a while', async () => {
  const bench = await channelBench(wechatGateway('public-key'), wechat);
  const dead = await serveGateway(wechatGateway('public-key'));
  await dead.close();
  try {
    const channel = bench.open({ ...bench.settings, baseUrl: dead.baseUrl });
    assert.equal((await channel.create(bench.attempt())).kind, 'created');
    bench.gateway.mischief.next('error-5xx');
    assert.equal((await channel.create(bench.attempt())).kind, 'unavailable', 'on the second address now');
  } finally {
    await bench.close();
  }
});

test('settings without their keys open no channel', async () => {
  const bench = await channelBench(wechatGateway('public-key'), wechat);
  try {
    const { publicKey, publicKeyId, ...without } = bench.settings;
    assert.throws(() => bench.open({ ...without, publicKeyId }), /publicKey/);
    assert.throws(() => bench.open({ ...without, publicKey }), /publicKeyId/);
    assert.throws(() => bench.open({ ...bench.settings, apiV3Key: 'short' }));
    assert.throws(() => bench.open({ ...bench.settings, privateKey: 'none' }), /privateKey/);
  } finally {
    await bench.close();
  }
});

type SdkRequest = (
  path: string,
  method: string,
  data?: unknown,
  config?: unknown,
) => Promise<{ data: Record<string, string> }>;

/** Fetches and opens the platform certificates with the SDK's own means. */
async function certificatesBySdk({ settings }: ChannelBench): Promise<Record<string, ReturnType<typeof Rsa.from>>> {
  const text = (name: string) => String(settings[name]);
  const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()];
  const signature = Rsa.sign(Formatter.request('GET', '/v3/certificates', timestamp, nonce), text('privateKey'));
  const reply = await fetch(`${text('baseUrl')}/v3/certificates`, {
    headers: {
      authorization: Formatter.authorization(
        text('mchid'),
        nonce,
        signature,
        String(timestamp),
        text('merchantSerial'),
      ),
    },
  });
  const { data } = (await reply.json()) as { data: { encrypt_certificate: Record<string, string> }[] };
  return Object.fromEntries(
    data.map(({ encrypt_certificate: { ciphertext, nonce: iv, associated_data: extra } }) => {
      const pem = Aes.AesGcm.decrypt(ciphertext!, text('apiV3Key'), iv!, extra);
      return [new X509Certificate(pem).serialNumber, Rsa.from(pem, Rsa.KEY_TYPE_PUBLIC)];
    }),
  );
}
