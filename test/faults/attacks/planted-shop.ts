/** Markup written into a running shop by every change that takes text: first what other things hang on, then whatever else there is. */
import assert from 'node:assert/strict';
import type { PlaceOrderReply } from '../../../contract/shop.ts';
import { client } from '../../kit/shop-server.ts';
import { type Operation, operationsOf } from '../openapi/operations.ts';
import type { Schema } from '../openapi/schema-values.ts';
import { markupFor } from './payloads.ts';
import { bodyFor, jsonOf, type Planting, textFields } from './planting.ts';

/** What would lock the planter out, end the walk, or change how the shop works. */
const leftAlone = /password|login|logout|setup|second-factor|degrade|sample|staff|upgrade|restore|sessions|\/test$/;
const skip = new Set(['password', 'lookupPassword', 'code', 'login', 'couponCode', 'role', 'startsAt', 'endsAt']);
const base = '/api/admin/v1';

export interface Planted {
  taken: string[];
  refused: string[];
  slug: string;
  /** Opens the order whose every text is markup. */
  orderLink: string;
}

export async function plantMarkup(origin: string, token: string): Promise<Planted> {
  const authorization = `Bearer ${token}`;
  const admin = client(origin, { authorization });
  const operations = operationsOf((await client(origin)('GET', '/api/openapi.json')).body);
  const taken: string[] = [];
  const refused: string[] = [];

  async function send(operation: Operation, more: Record<string, unknown>, ids: Record<string, unknown>) {
    const planting: Planting = { textFor: markupFor, known: (name) => more[name], skip };
    const schema = jsonOf(operation);
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name] ?? 1));
    const body = schema && { ...(bodyFor(schema, planting) as object), ...more };
    const reply = await admin(operation.method, path, body);
    const name = `${operation.method} ${operation.path}`;
    assert.ok(reply.status < 500, `${name}: ${JSON.stringify(reply.body)}`);
    if (reply.status < 300) taken.push(name);
    else refused.push(`${name} ${reply.body.detail ?? reply.body.code}`);
    return reply.body;
  }
  const plant = async (
    method: string,
    path: string,
    more: Record<string, unknown> = {},
    ids: Record<string, unknown> = {},
  ) => {
    const found = operations.find((one) => one.method === method && one.path === base + path);
    const before = refused.length;
    const body = await send(found ?? assert.fail(`${method} ${path}`), more, ids);
    assert.equal(refused.length, before, refused.at(-1) ?? '');
    return body;
  };

  const { category } = await plant('POST', '/categories');
  const { product } = await plant('POST', '/products', { categoryId: category.id });
  const sku = { priceMinor: 500, currency: 'CNY', minQuantity: 1, maxQuantity: 5, perBuyerLimit: null, priceSteps: [] };
  const { sku: cards } = await plant('POST', '/products/{id}/skus', { ...sku, delivery: 'cards' }, { id: product.id });
  const { sku: manual } = await plant(
    'POST',
    '/products/{id}/skus',
    { ...sku, delivery: 'manual' },
    { id: product.id },
  );
  const source = encodeURIComponent(markupFor(60));
  const imported = await fetch(`${origin}${base}/cards/import?skuId=${cards.id}&source=${source}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'text/plain' },
    body: ['1', '2', '3', '4'].map((no) => `${markupFor(300)}${no}----${markupFor(300)}\n`).join(''),
  });
  assert.ok(imported.ok, await imported.text());
  await plant('POST', '/coupons', { code: 'PLANTED', kind: 'percent', value: 5, productId: null, currency: 'CNY' });
  const words = Object.fromEntries(['instructions', 'bank', 'holder', 'account'].map((one) => [one, markupFor(200)]));
  const settings = { ...words, currencies: 'CNY', waitMinutes: 5 };
  await plant('POST', '/channels', { code: 'planted', kind: 'manual', enabled: true, settings });
  await plant('PATCH', '/settings', { secondPersonMinor: null });
  const orderOf = (skuIds: number[], channel: string) => placeOrder(origin, skuIds, channel);
  const paid = await orderOf([cards.id, manual.id], 'sandbox');
  await pay(origin, paid);
  await plant('POST', '/cards/deliveries/{orderId}', { lineNo: 2 }, { orderId: paid.order.id });
  await plant(
    'POST',
    '/orders/{id}/refunds',
    { amountMinor: 100, mode: 'recorded', refundableMinor: 2 * sku.priceMinor },
    { id: paid.order.id },
  );
  await orderOf([cards.id], 'planted');
  const open = await orderOf([cards.id], 'sandbox');
  await plant('POST', '/orders/{id}/cancel', {}, { id: open.order.id });

  const known = { ...sku, version: 1, skuId: cards.id, productId: product.id, categoryId: category.id };
  const done = new Set([...taken, ...refused.map((one) => one.split(' ').slice(0, 2).join(' '))]);
  for (const operation of operations) {
    const schema = jsonOf(operation);
    const isChange = operation.path.startsWith(base) && operation.method !== 'GET';
    if (!isChange || !schema || done.has(`${operation.method} ${operation.path}`)) continue;
    if (leftAlone.test(operation.path) || textFields(schema).length === 0) continue;
    const id = operation.path.includes('/orders/') ? open.order.id : product.id;
    await send(operation, ownOf(schema, known), { id, code: 'planted', orderId: open.order.id });
  }
  const orderLink = `/orders/${paid.order.id}#t=${paid.accessToken}`;
  return { taken, refused, slug: product.slug, orderLink };
}

const ownOf = (schema: Schema, known: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(known).filter(([name]) => schema.properties && name in schema.properties));

async function placeOrder(origin: string, skuIds: number[], channel: string): Promise<PlaceOrderReply> {
  const lines = skuIds.map((skuId) => ({ skuId, quantity: 1 }));
  const reply = await client(origin)('POST', '/api/v1/orders', { lines, contact: markupFor(120), channel });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  return reply.body;
}

async function pay(origin: string, { payment }: PlaceOrderReply): Promise<void> {
  const action = payment?.action;
  assert.ok(action && 'url' in action && action.url);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { pathname, search } = new URL(action.url);
  assert.ok((await fetch(origin + pathname + search, { method: 'POST', headers, body: 'choice=pay' })).ok);
}
