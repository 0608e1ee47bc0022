/** Hands an order what it bought: its reserved cards, topped up from the shelf where the reservation is gone. */
import { isAutomatic, isMailAddress, type Order } from '../order/order.ts';
import { addStock, changeOrder, missingCards, type SettlementFacts, type SettlementPlan } from './settlement-plan.ts';

/** @returns false, with nothing noted in the plan, when the shelf cannot serve the whole order */
export function issueOrder(
  plan: SettlementPlan,
  facts: SettlementFacts & { shelf: Map<number, number[]> },
  order: Order,
): boolean {
  const reserved = facts.locked.get(order.id) ?? [];
  const missing = missingCards(order, reserved);
  for (const [skuId, count] of missing) if ((facts.shelf.get(skuId)?.length ?? 0) < count) return false;
  const cards = reserved.map((card): { id: number; skuId: number; cardHash?: string } => ({
    id: card.id,
    skuId: card.sku_id,
    cardHash: card.card_no_hash,
  }));
  for (const [skuId, count] of missing) {
    for (const cardId of (facts.shelf.get(skuId) as number[]).splice(0, count)) {
      plan.taken.push({ cardId, orderId: order.id });
      cards.push({ id: cardId, skuId });
      addStock(plan, skuId, -1);
    }
  }
  for (const { lineNo, skuId, delivery, quantity } of order.lines) {
    if (delivery === 'webhook') {
      const payload = { orderId: order.id, lineNo };
      plan.messages.push({ id: `webhook:${order.id}:${lineNo}`, topic: 'webhook', payload });
    }
    if (delivery === 'loop') plan.loopLines.push({ orderId: order.id, lineNo, skuId, quantity });
    if (delivery !== 'cards') continue;
    for (const card of cards.filter((one) => one.skuId === skuId)) {
      const { id: cardId, cardHash } = card;
      plan.issues.push({ cardId, orderId: order.id, lineNo, skuId, ...(cardHash && { cardHash }) });
    }
  }
  const complete = order.lines.every(isAutomatic);
  const automatic = order.lines.filter(isAutomatic).map((line) => line.lineNo);
  if (!complete && automatic.length > 0) plan.deliveredLines.push({ orderId: order.id, lineNos: automatic });
  changeOrder(plan, facts, {
    ...order,
    status: complete ? 'delivered' : 'paid',
    paidAt: facts.now,
    deliveredAt: complete ? facts.now : null,
  });
  if (facts.mailEnabled && isMailAddress(order.contact)) {
    const template = complete ? 'delivered' : 'paid';
    plan.messages.push({ id: `mail:${template}:${order.id}`, topic: 'mail', payload: { template, orderId: order.id } });
  }
  return true;
}
