/** A reply to an order as the shop gives it, for the route that does nothing. */
import type { PlaceOrderReply } from '../contract/shop.ts';

const id = `A0${'0'.repeat(26)}`;
const at = 1_700_000_000_000;

export const sampleReply: PlaceOrderReply = {
  order: {
    id,
    status: 'pending',
    currency: 'CNY',
    totalMinor: 100,
    discountMinor: 0,
    receivedMinor: 0,
    refundedMinor: 0,
    contact: 'buyer@bench.invalid',
    lines: [
      {
        lineNo: 1,
        skuId: 1,
        productId: 1,
        productName: 'Bench',
        skuName: 'SKU 1',
        delivery: 'cards',
        quantity: 1,
        unitPriceMinor: 100,
        amountMinor: 100,
        deliveredAt: null,
      },
    ],
    createdAt: at,
    expiresAt: at,
    paidAt: null,
    deliveredAt: null,
  },
  accessToken: 'x'.repeat(43),
  payment: {
    id: `${id}01`,
    outTradeNo: `${id}01`,
    channel: 'sandbox',
    status: 'pending',
    amountMinor: 100,
    currency: 'CNY',
    action: { type: 'qr', content: 'http://localhost/pay', url: 'http://localhost/pay' },
  },
};
