/** A draft and its priced order -> the rows to insert. */
import type { Order } from './order.ts';
import type { NewLineRow, NewOrderRow } from './order-store.ts';
import type { OrderDraft } from './place-orders.ts';

export function newOrderRow(draft: OrderDraft, order: Order): NewOrderRow {
  return {
    id: order.id,
    region: order.region,
    status: order.status,
    currency: order.currency,
    total_minor: order.totalMinor,
    discount_minor: order.discountMinor,
    coupon_id: order.couponId,
    user_id: draft.userId,
    contact: draft.contact,
    contact_key: draft.contactKey,
    lookup_hash: draft.lookupHash,
    token_hash: draft.access.tokenHash,
    token_salt: draft.access.salt,
    idempotency_hash: draft.idempotencyHash,
    request_hash: draft.requestHash,
    client_key: draft.clientKey,
    device_key: draft.deviceKey,
    lang: draft.lang,
    risk_score: order.riskScore,
    expires_at: order.expiresAt,
    created_at: order.createdAt,
  };
}

export function newLineRows(order: Order): NewLineRow[] {
  return order.lines.map((line) => ({
    order_id: order.id,
    line_no: line.lineNo,
    sku_id: line.skuId,
    product_id: line.productId,
    product_name: line.productName,
    sku_name: line.skuName,
    delivery: line.delivery,
    quantity: line.quantity,
    unit_price_minor: line.unitPriceMinor,
    amount_minor: line.amountMinor,
    flash_sale_id: line.flashSaleId,
  }));
}
