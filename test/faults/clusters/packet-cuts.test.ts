/**
 * The connection to the database is cut at every packet of an order and of a payment, in every way it can be. Each time the
 * buyer's request succeeds, once: nothing is lost, nothing happens twice, and nobody is told of a failure that was none.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Buyer, buyerAt, type Trade, tradeFor } from '../../kit/buyer.ts';
import { sharedMariadb } from '../../kit/mariadb.ts';
import { type Command, type Cut, cuts, type MysqlProxy, startMysqlProxy } from '../../kit/mysql-proxy.ts';
import { assertSound } from '../../kit/shop-audit.ts';
import { newTestShop, type TestShop } from '../../kit/test-shop.ts';

let proxy: MysqlProxy;
let shop: TestShop;
let buyer: Buyer;
let skuId: number;

before(async () => {
  const url = new URL(await (await sharedMariadb()).newDatabase());
  proxy = await startMysqlProxy({ host: url.hostname, port: Number(url.port) });
  shop = await newTestShop('mysql', { DATABASE_URL: url.href });
  skuId = await shop.newSku({ cards: 600 });
  url.port = String(proxy.port);
  // Without the worker: what passes the proxy is what the buyer caused.
  const server = await shop.newProcess({ DATABASE_URL: url.href, LOG_LEVEL: 'error' }, ['order', 'card', 'payment']);
  await server.start();
  buyer = buyerAt(server.origin);
});
after(async () => {
  await shop?.close();
  await proxy?.close();
});

type Place = Pick<Command, 'text' | 'step'>;
const begins = 60;
/** The statement without its values, which are others each time. */
const placeOf = ({ text, step }: Command): Place => ({
  text: text
    .slice(0, 1000)
    .replace(/'[^']*'?|\d+/g, '?')
    .slice(0, begins),
  step,
});
const same = (a: Place, b: Place) => a.step === b.step && a.text === b.text;

/** The commands of the transactions that this brings about. */
async function commandsOf(act: () => Promise<unknown>): Promise<Place[]> {
  const seen: Place[] = [];
  proxy.watch((command) => {
    if (command.step > 0) seen.push(placeOf(command));
    return undefined;
  });
  await act();
  proxy.watch(() => undefined);
  return seen;
}

async function cutAt(place: Place, how: Cut, act: () => Promise<unknown>): Promise<void> {
  const before = proxy.counts.cuts;
  proxy.watch((command) => (proxy.counts.cuts === before && same(placeOf(command), place) ? how : undefined));
  await act();
  proxy.watch(() => undefined);
  assert.equal(proxy.counts.cuts, before + 1, `never came to ${JSON.stringify(place)}`);
}

let buyers = 0;
const newWish = () => ({ skuId, contact: `cut-${++buyers}`, key: `cut-at-a-packet-${buyers}` });
const secrets = new Set<string>();
let sold = 0;

/** The order is there, once, however often it is asked for. */
async function order(wish = newWish()): Promise<{ id: string; token: string; trade: Trade }> {
  const placed = await buyer.place(wish);
  assert.equal(placed.status, 201, placed.text);
  const { order, accessToken, payment } = placed.body;
  const again = await buyer.place(wish);
  assert.equal(again.body.order?.id, order.id, 'the same wish is the same order');
  return { id: order.id, token: accessToken, trade: tradeFor(payment) };
}

async function pay({ id, token, trade }: { id: string; token: string; trade: Trade }): Promise<void> {
  const paid = await buyer.callback(trade);
  assert.equal(paid.text, 'success', paid.text);
  const { body, text } = await buyer.cards(id, token);
  assert.equal(body.cards?.length, 1, text);
  secrets.add(body.cards[0]?.secret ?? '');
  sold++;
  assert.equal(secrets.size, sold, 'a card nobody had before');
}

test('cut anywhere in the transaction of an order, the order is placed once', async (t) => {
  await order();
  const wish = newWish();
  const places = await commandsOf(() => buyer.place(wish));
  assert.ok(places.some(({ text }) => /^commit/i.test(text)) && places.length > 5, JSON.stringify(places));
  for (const place of places) for (const how of cuts) await cutAt(place, how, () => order());
  t.diagnostic(`${places.length} commands, each cut in ${cuts.length} ways`);
});

test('cut anywhere in the transaction of a payment, it is delivered once', async (t) => {
  await pay(await order());
  const counted = await order();
  const places = await commandsOf(() => pay(counted));
  assert.ok(places.some(({ text }) => /^commit/i.test(text)) && places.length > 5, JSON.stringify(places));
  for (const place of places) {
    for (const how of cuts) {
      const placed = await order();
      await cutAt(place, how, () => pay(placed));
    }
  }
  t.diagnostic(`${places.length} commands, each cut in ${cuts.length} ways`);
});

test('cut anywhere in the transaction of a cancellation, the buyer hears that it is cancelled', async (t) => {
  const cancel = async ({ id, token }: { id: string; token: string }) => {
    const reply = await buyer.cancel(id, token);
    assert.equal(reply.body.order?.status, 'cancelled', reply.text);
  };
  const counted = await order();
  const places = await commandsOf(() => cancel(counted));
  assert.ok(
    places.some(({ text }) => /^commit/i.test(text)),
    JSON.stringify(places),
  );
  for (const place of places) {
    for (const how of cuts) {
      const placed = await order();
      await cutAt(place, how, () => cancel(placed));
    }
  }
  t.diagnostic(`${places.length} commands, each cut in ${cuts.length} ways`);
});

test('the books are sound, and hold each order and each card once', async () => {
  await assertSound(shop);
  const db = shop.context.database.read;
  const orders = await db.selectFrom('orders').select('id').execute();
  const issues = await db.selectFrom('card_issues').select('card_id').execute();
  assert.equal(orders.length, buyers);
  assert.equal(issues.length, sold);
});
