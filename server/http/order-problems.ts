import type { TakeOutcome } from '../order/record-order.ts';
import { ProblemError } from './problem.ts';

export function placeProblem(outcome: Exclude<TakeOutcome, { kind: 'placed' | 'recorded' }>): ProblemError {
  switch (outcome.kind) {
    case 'sold-out':
      return new ProblemError('sold_out', `Variant ${outcome.skuId}: ${outcome.available} left.`, [
        { path: `skuId:${outcome.skuId}`, message: `${outcome.available} left` },
      ]);
    case 'queue-full':
      return new ProblemError('overloaded');
    case 'too-many-recorded':
    case 'too-many-open-orders':
      return new ProblemError('too_many_open_orders');
    case 'buyer-limit-reached':
      return new ProblemError('buyer_limit_reached', `At most ${outcome.limit} of variant ${outcome.skuId} per buyer.`);
    case 'idempotency-key-reused':
      return new ProblemError('idempotency_key_reused');
    case 'coupon-invalid':
      return new ProblemError('coupon_invalid', outcome.reason);
    case 'sku-not-found':
      return new ProblemError('sku_not_found', `There is no variant ${outcome.skuId}.`);
    case 'sku-unavailable':
      return new ProblemError('sku_unavailable', `Variant ${outcome.skuId} is not on sale.`);
    case 'quantity-out-of-range':
      return new ProblemError(
        'quantity_out_of_range',
        `Variant ${outcome.skuId}: from ${outcome.min} to ${outcome.max} at a time.`,
      );
    case 'form-invalid':
      return new ProblemError('form_invalid', `Variant ${outcome.skuId} asks for "${outcome.key}".`, [
        { path: `skuId:${outcome.skuId}/fields/${outcome.key}`, message: outcome.why },
      ]);
    case 'price-changed':
      return new ProblemError('price_changed', `Variant ${outcome.skuId} costs more by now.`, [
        { path: `skuId:${outcome.skuId}`, message: `${outcome.unitPriceMinor} each` },
      ]);
    case 'mixed-currencies':
      return new ProblemError('mixed_currencies');
  }
}
