/** Refusals to replace a bad card -> problem details. */
import type { ReplaceRefusal } from '../payment/replace-cards.ts';
import { ProblemError } from './problem.ts';

export function replaceProblem(refusal: ReplaceRefusal): ProblemError {
  switch (refusal.kind) {
    case 'order-not-found':
      return new ProblemError('order_not_found');
    case 'state-conflict':
      return new ProblemError('order_state_conflict', `The order is ${refusal.status}.`);
    case 'not-of-order':
      return new ProblemError('card_not_found', `Card ${refusal.cardId} was not issued to this order.`);
    case 'replaced-before': {
      const at = new Date(refusal.at).toISOString();
      return new ProblemError('card_state_conflict', `Card ${refusal.cardId} was replaced by ${refusal.by}, ${at}.`);
    }
    case 'card-not-sold':
      return new ProblemError('card_state_conflict', `Card ${refusal.cardId} is ${refusal.status}.`);
    case 'limit-reached':
      return new ProblemError('replacement_limit', `At most ${refusal.limit} cards of this order can be replaced.`);
    case 'out-of-stock': {
      const { skuId, available, wanted } = refusal;
      return new ProblemError(
        'sold_out',
        `Variant ${skuId}: ${available} left, ${wanted} needed. Nothing was changed.`,
      );
    }
  }
}
