/** What the guide's pictures show: a shop that has sold for a day, with one case for a person and some orders still open. */
import assert from 'node:assert/strict';
import type { PlaceOrderReply, ProductList } from '../../contract/shop.ts';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const buyers = ['chen', 'wang', 'li.na', 'zhao', 'sun', 'zhou', 'wu', 'xu', 'lin', 'he'];

/** How the orders of the day go: what the buyer chooses on the payment page, or nothing. */
const endings = ['pay', 'pay', 'pay', 'none', 'pay', 'pay', 'pay-wrong-amount', 'pay', 'pay', 'pay', 'none', 'pay'];

/** @returns the numbers of a delivered order and of one that waits for a person */
export async function sellForADay(origin: string): Promise<{ delivered: string; inReview: string }> {
  const reply = await fetch(`${origin}/api/v1/products?pageSize=50`);
  const { products } = (await reply.json()) as ProductList;
  const skus = products.flatMap((product) => product.skus).filter((sku) => sku.stock === null || sku.stock > 5);
  assert.ok(skus.length > 0, 'something is on sale');
  let [delivered, inReview] = ['', ''];
  for (const [index, ending] of endings.entries()) {
    const sku = skus[index % skus.length]!;
    const id = await buy(origin, { skuId: sku.id, quantity: Math.max(1, sku.minQuantity ?? 1) }, index, ending);
    if (ending === 'pay') delivered = id;
    if (ending === 'pay-wrong-amount') inReview = id;
  }
  return { delivered, inReview };
}

async function buy(
  origin: string,
  line: { skuId: number; quantity: number },
  index: number,
  ending: string,
): Promise<string> {
  const body = { lines: [line], contact: `${buyers[index % buyers.length]}@example.com`, channel: 'sandbox' };
  const reply = await fetch(`${origin}/api/v1/orders`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  const placed = (await reply.json()) as PlaceOrderReply;
  assert.equal(reply.status, 201, JSON.stringify(placed));
  const action = placed.payment?.action;
  assert.ok(action && 'url' in action && action.url);
  if (ending !== 'none') {
    const paid = await fetch(action.url, { method: 'POST', headers: form, body: `choice=${ending}` });
    assert.ok(paid.ok, `the payment page answered ${paid.status}`);
  }
  return placed.order.id;
}
