import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sandboxSignature, signatureHeader } from '../../server/payment/channels/sandbox/wire.ts';
import { openCasesOfOrder } from '../../server/payment/review-store.ts';
import { type Buyer, buyerAt, callbackOf, callbackPath, sandboxSecret, tradeFor } from '../kit/buyer.ts';
import type { Call } from '../kit/http-call.ts';
import { assertSound } from '../kit/shop-audit.ts';
import { newTestShop, type TestShop } from '../kit/test-shop.ts';

let shop: TestShop;
let buyer: Buyer;
let skuId: number;

before(async () => {
  shop = await newTestShop('mysql');
  const server = await shop.newProcess({ CARDWELL_DATA_DIR: shop.context.config.dataDir });
  skuId = await shop.newSku({ cards: 60 });
  await server.start();
  buyer = buyerAt(server.origin);
});
after(() => shop.close());

async function newOrder() {
  const { body } = await buyer.place({ skuId });
  return { ...body, token: body.accessToken, id: body.order.id };
}

async function statusOf({ id, token }: { id: string; token: string }): Promise<string> {
  return (await buyer.show(id, token)).body.order.status;
}

const post = (call: Omit<Call, 'path'>) => buyer.call({ method: 'POST', path: callbackPath, ...call });

const signed = (text: string) => ({
  'content-type': 'application/json',
  [signatureHeader]: sandboxSignature(text, sandboxSecret),
});

describe('a callback that does not prove where it comes from', () => {
  test('is refused in every disguise, and moves nothing', async () => {
    const order = await newOrder();
    const { body, headers } = callbackOf(tradeFor(order.payment));
    const right = headers[signatureHeader] ?? '';
    const inBody = JSON.stringify({ ...JSON.parse(body), signature: true, sign: right, [signatureHeader]: right });
    const json = { 'content-type': 'application/json' };
    const signatures = [
      '',
      'true',
      'null',
      '0',
      right.toUpperCase(),
      right.slice(0, -1),
      `${right} `.repeat(2),
      `${right}0`,
    ];
    const forged: Omit<Call, 'path'>[] = [
      { body, headers: json },
      { body: inBody, headers: json },
      ...signatures.map((one) => ({ body, headers: { ...json, [signatureHeader]: one } })),
      { body, headers: { ...json, [signatureHeader]: sandboxSignature(body, 'another-secret') } },
      { body, headers: { ...json, [signatureHeader]: sandboxSignature(body, '') } },
      { body: `${body} `, headers },
      { body: body.replace('"amountMinor":1000', '"amountMinor":1000.0'), headers },
      { body: '', headers: signed('') },
      { headers: signed('') },
      { method: 'GET', headers },
    ];
    for (const one of forged) {
      const answer = await post(one);
      assert.deepEqual([answer.status, answer.text], [400, 'fail'], JSON.stringify(one));
    }
    assert.equal(await statusOf(order), 'pending');
    assert.equal((await post({ body, headers })).text, 'success');
    assert.equal(await statusOf(order), 'delivered');
  });

  test('with the signature of another order’s callback pays neither twice', async () => {
    const [paid, unpaid] = [await newOrder(), await newOrder()];
    const genuine = callbackOf(tradeFor(paid.payment));
    assert.equal((await post(genuine)).text, 'success');
    const body = genuine.body.replaceAll(paid.payment?.outTradeNo ?? '', unpaid.payment?.outTradeNo ?? '');
    assert.equal((await post({ body, headers: genuine.headers })).text, 'fail');
    for (let i = 0; i < 3; i++) assert.equal((await post(genuine)).text, 'success');
    assert.deepEqual([await statusOf(paid), await statusOf(unpaid)], ['delivered', 'pending']);
  });

  test('larger than any channel sends is refused unread', async () => {
    const body = `{"x":"${'y'.repeat(70_000)}"}`;
    const answer = await post({ body, headers: signed(body) });
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [413, 'body_too_large']);
  });

  test('for a channel that the shop does not have is not found', async () => {
    const call = {
      method: 'POST',
      path: '/api/v1/callbacks/alipay',
      ...callbackOf(tradeFor((await newOrder()).payment)),
    };
    const answer = await buyer.call(call);
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [404, 'channel_not_found']);
  });
});

describe('a signed callback', () => {
  test('with a field missing or of another type is refused, and never read as something else', async () => {
    const order = await newOrder();
    const message = JSON.parse(callbackOf(tradeFor(order.payment)).body) as Record<string, unknown>;
    const others = [
      undefined,
      null,
      true,
      [],
      {},
      [message.amountMinor],
      '',
      -1,
      0.5,
      1e21,
      'NaN',
      '1000',
      ' ',
      '\u0000',
      '٣',
    ];
    const bodies = Object.keys(message).flatMap((field) =>
      others.map((value) => ({ field, value, text: JSON.stringify({ ...message, [field]: value }) })),
    );
    const alone = ['{', 'null', '[]', '"paid"', '1', JSON.stringify([message])].map((text) => ({
      field: '',
      value: 0,
      text,
    }));
    for (const { field, value, text } of [...bodies, ...alone]) {
      // A time is only noted, as a number or as text.
      if (field === 'timestamp' && (typeof value === 'string' || typeof value === 'number')) continue;
      // Any word is a number of a trade.
      if (/^(out)?tradeNo$/i.test(field) && (value === 'NaN' || value === '1000')) continue;
      const answer = await post({ body: text, headers: signed(text) });
      assert.deepEqual([answer.status, answer.text], [400, 'fail'], text);
    }
    assert.equal(await statusOf(order), 'pending');
  });

  test('with another amount or currency delivers nothing and waits for a person', async () => {
    for (const wrong of [{ amountMinor: 999 }, { amountMinor: 1001 }, { amountMinor: 0 }, { currency: 'USD' }]) {
      const order = await newOrder();
      assert.equal((await buyer.callback(tradeFor(order.payment, wrong))).text, 'success');
      assert.equal(await statusOf(order), 'review', JSON.stringify(wrong));
      assert.equal((await buyer.cards(order.id, order.token)).problem.code, 'order_not_delivered');
      const cases = await openCasesOfOrder(shop.context.database.read, order.id);
      assert.deepEqual(
        cases.map(({ kind }) => kind),
        ['amount_mismatch'],
      );
    }
  });

  test('that says something else about a trade on record changes nothing and is shown to a person', async () => {
    const [order, other] = [await newOrder(), await newOrder()];
    const trade = tradeFor(order.payment);
    await buyer.callback(trade);
    for (const lie of [{ amountMinor: 1 }, { currency: 'USD' }, { outTradeNo: other.payment?.outTradeNo ?? '' }]) {
      assert.equal((await buyer.callback({ ...trade, ...lie })).text, 'success');
    }
    const { body } = await buyer.show(order.id, order.token);
    assert.deepEqual([body.order.status, body.order.receivedMinor], ['delivered', 1000]);
    assert.equal(await statusOf(other), 'pending');
    const kinds = (await openCasesOfOrder(shop.context.database.read, order.id)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['evidence_conflict']);
  });

  test('for an order that does not exist is on record and waits for a person', async () => {
    for (const outTradeNo of [
      'A0'.padEnd(30, '0'),
      'X',
      'A'.repeat(32),
      `${(await newOrder()).id}1`,
      `${(await newOrder()).id}ABCD`,
    ]) {
      const trade = { tradeNo: `UNKNOWN-${outTradeNo}`, outTradeNo, amountMinor: 1000, currency: 'CNY' };
      assert.equal((await buyer.callback(trade)).text, 'success');
      const cases = shop.context.database.read.selectFrom('review_cases').select('kind');
      assert.deepEqual(await cases.where('trade_no', '=', trade.tradeNo).execute(), [{ kind: 'unknown_order' }]);
    }
  });
});

test('the books are sound after all of it', () => assertSound(shop));
