/** A buyer at the door of a live shop: everything by HTTP. */
import assert from 'node:assert/strict';
import type { PaymentView } from '../../../contract/shop.ts';
import { follow } from '../../../gateways/payer.ts';
import { callerOf } from '../../kit/http-call.ts';
import type { LiveShop } from '../../kit/live-shop.ts';

export interface Purchase {
  orderId: string;
  token: string;
  payment: PaymentView;
}

/** Orders one card and begins to pay for it, up to the network's cashier page. */
export async function beginPurchase(live: LiveShop, channel: string): Promise<Purchase> {
  const takes = live.context.channels.get(channel)?.currencies ?? [];
  const currency = takes.includes('CNY') ? 'CNY' : takes[0];
  const skuId = await live.shop.newSku({ cards: 1, priceMinor: 1999, currency });
  const call = callerOf(live.origin);
  const body = { lines: [{ skuId, quantity: 1 }], contact: `buyer-${skuId}@example.com` };
  const placed = await call({ method: 'POST', path: '/api/v1/orders', body });
  assert.equal(placed.status, 201, placed.text);
  const { order, accessToken } = JSON.parse(placed.text) as { order: { id: string }; accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  const path = `/api/v1/orders/${order.id}/payments`;
  const begun = await call({ method: 'POST', path, headers, body: { channel } });
  assert.equal(begun.status, 201, begun.text);
  const { payment } = JSON.parse(begun.text) as { payment: PaymentView };
  await follow(payment.action);
  return { orderId: order.id, token: accessToken, payment };
}
