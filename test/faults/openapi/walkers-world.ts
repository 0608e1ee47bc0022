/** What the walker owns and may use, and what others own and it must never see. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createToken } from '../../../server/account/create-token.ts';
import { createCoupon } from '../../../server/catalog/create-coupon.ts';
import { type Buyer, tradeFor } from '../../kit/buyer.ts';
import type { TestShop } from '../../kit/test-shop.ts';
import type { Operation, World } from './operations.ts';
import type { Known } from './schema-values.ts';

export interface WalkersWorld extends World {
  /** Texts of other buyers' orders. */
  readonly secrets: readonly string[];
  /** After a refusal of a token or a session, which the walk itself may have ended. */
  renew(operation: Operation): Promise<void>;
}

const lowNumbers = 6;

interface Owned {
  id: string;
  token: string;
}

export async function walkersWorld(shop: TestShop, buyer: Buyer): Promise<WalkersWorld> {
  // The owner's hand falls on low numbers; what is changed and deleted there must not keep the buyers from buying.
  for (let i = 0; i < lowNumbers; i++) {
    await shop.newSku();
    await createCoupon(shop.context, { actor: 'test', code: `SPARE-${i}`, kind: 'percent', value: 10 });
  }
  await createCoupon(shop.context, { actor: 'test', code: 'WALKER', kind: 'percent', value: 10 });
  const skus = [
    await shop.newSku({ cards: 300 }),
    await shop.newSku({ cards: 1 }),
    await shop.newSku({ delivery: 'manual' }),
    await shop.newSku({ delivery: 'loop' }),
  ];
  const secrets = await plantSecrets(shop, buyer);
  const own = await ownOrders(buyer, skus[0] as number);
  const tokenOf = new Map(own.map(({ id, token }) => [id, token]));
  let adminToken = await newToken(shop);
  let session = await register(buyer);

  return {
    secrets: secrets.texts,
    async renew(operation) {
      if (operation.path.startsWith('/api/admin/')) adminToken = await newToken(shop);
      else session = await register(buyer);
    },
    authorize(operation, path): Record<string, string> {
      if (operation.path.startsWith('/api/admin/')) return { authorization: `Bearer ${adminToken}` };
      if (operation.path.startsWith('/api/v1/account/')) return session;
      const mine = tokenOf.get(/\/orders\/([0-9A-Z]{28})/.exec(path)?.[1] ?? '');
      return { authorization: `Bearer ${mine ?? own[0]?.token}` };
    },
    known: (operation) => knownTo(operation, skus, own, secrets.orderIds),
  };
}

async function newToken(shop: TestShop): Promise<string> {
  return (await createToken(shop.context, { name: 'walker', actor: 'test' })).token;
}

let accounts = 0;

async function register(buyer: Buyer): Promise<Record<string, string>> {
  const body = { login: `walker-${++accounts}@example.com`, password: 'a long walk through the shop' };
  const reply = await buyer.call({ method: 'POST', path: '/api/v1/account/register', body });
  assert.equal(reply.status, 201, reply.text);
  const cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? assert.fail();
  return { cookie, 'x-csrf-token': JSON.parse(reply.text).csrfToken };
}

/** One in each state that a buyer can bring about. */
async function ownOrders(buyer: Buyer, skuId: number): Promise<Owned[]> {
  const orders: Owned[] = [];
  for (let i = 0; i < 12; i++) {
    const { body } = await buyer.place({ skuId, payLater: i % 4 === 3, lookupPassword: 'walkers own' });
    orders.push({ id: body.order.id, token: body.accessToken });
    if (i % 4 === 0) await buyer.callback(tradeFor(body.payment));
    if (i % 4 === 1) await buyer.cancel(body.order.id, body.accessToken);
  }
  return orders;
}

/** Other buyers: one who has paid, one who has not, one with an account. */
async function plantSecrets(shop: TestShop, buyer: Buyer): Promise<{ texts: string[]; orderIds: string[] }> {
  const skuId = await shop.newSku();
  await shop.addCards(skuId, 2, 'PLANTED-CARD');
  const texts = ['PLANTED-CARD'];
  const orderIds: string[] = [];
  for (const paid of [true, false]) {
    const contact = `PLANTED-CONTACT-${paid}`;
    const { body } = await buyer.place({ skuId, contact, lookupPassword: 'PLANTED-PASSWORD' });
    if (paid) await buyer.callback(tradeFor(body.payment));
    texts.push(contact, body.accessToken);
    orderIds.push(body.order.id);
  }
  return { texts, orderIds };
}

function knownTo(
  { path }: Operation,
  skus: readonly number[],
  own: readonly Owned[],
  others: readonly string[],
): Known {
  const small = fc.integer({ min: 1, max: lowNumbers });
  const orders = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...own.map(({ id }) => id)) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
  const byName: Record<string, fc.Arbitrary<unknown>> = {
    skuId: fc.constantFrom(...skus),
    productId: small,
    categoryId: small,
    version: fc.integer({ min: 1, max: 3 }),
    channel: fc.constant('sandbox'),
    orderId: orders,
    quantity: fc.integer({ min: 1, max: 3 }),
    couponCode: fc.constant('walker'),
    slug: fc.constantFrom('product-1', 'product-2'),
    currency: fc.constantFrom('CNY', 'USD'),
    lookupPassword: fc.constantFrom('walkers own', 'PLANTED-PASSWORD '),
    contact: fc.constantFrom('buyer-1', 'walker@example.com', "x' OR '1'='1"),
    id: path.includes('/orders/') ? orders : small,
  };
  return (name) => byName[name];
}
