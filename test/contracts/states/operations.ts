/** Everything that can be done to an order and its cards, tried in every state whether it fits or not. */
import { quarantineCards, restoreCards, withdrawCards } from '../../../server/card/move-cards.ts';
import { sealManualDelivery } from '../../../server/card/store-manual-delivery.ts';
import type { Order } from '../../../server/order/order.ts';
import { cancelOrder } from '../../../server/payment/cancel-order.ts';
import { completeOrder } from '../../../server/payment/complete-order.ts';
import { deliverLine } from '../../../server/payment/deliver-line.ts';
import { failAttempt } from '../../../server/payment/fail-attempt.ts';
import { resolveReviewCase } from '../../../server/payment/resolve-review-case.ts';
import { openCasesOfOrder } from '../../../server/payment/review-store.ts';
import { type AttemptOutcome, openAttempts, startPayment } from '../../../server/payment/start-payment.ts';
import { findInJournal } from '../../../server/platform/journal/find-in-journal.ts';
import { runScan } from '../../../server/reconcile/run-scans.ts';
import { expire, openCreated, payWrongly, refundAll, type Stage } from './orders-in-states.ts';

type Operation = (stage: Stage, order: Order) => Promise<unknown>;

const by = { actor: 'test', reason: 'test' };

/** Through the second attempt where there is one: the first may be closed by then. */
const payAttempt =
  (no: string): Operation =>
  ({ shop }, order) =>
    shop.pay(order, {
      outTradeNo: order.id + no,
      tradeNo: `T${order.id}-${no}`,
      channel: no === '02' ? 'slowpay' : 'testpay',
    });

const resolve =
  (action: 'issue' | 'refund' | 'close'): Operation =>
  async (stage, order) => {
    const [open] = await openCasesOfOrder(stage.shop.database.read, order.id);
    if (open) await resolveReviewCase(stage.deps, { caseId: open.id, action, ...by });
    await stage.look();
    if (action === 'refund') await refundAll(stage, order);
  };

/** The cards of the order, and one from the shelf. */
async function cardsAround({ shop, cardsSku }: Stage, order: Order): Promise<number[]> {
  const rows = await shop.database.read.selectFrom('card_keys').select('id').where('order_id', '=', order.id).execute();
  const free = shop.database.read
    .selectFrom('card_keys')
    .select('id')
    .where('sku_id', '=', cardsSku)
    .where('status', '=', 0);
  return [...rows, ...(await free.limit(1).execute())].map(({ id }) => id);
}

const cardsThen =
  (...moves: ('withdraw' | 'quarantine' | 'restore')[]): Operation =>
  async (stage, order) => {
    const cardIds = await cardsAround(stage, order);
    const { database, clock, journalFolder } = stage.deps;
    const deps = { database, clock };
    const inJournal = async (ids: readonly number[]) => new Set((await findInJournal(journalFolder, ids)).keys());
    for (const move of moves) {
      if (move === 'withdraw') await withdrawCards(deps, { cardIds, ...by });
      if (move === 'quarantine') await quarantineCards(deps, { cardIds, ...by });
      if (move === 'restore') await restoreCards({ ...deps, inJournal }, { cardIds, ...by });
      await stage.look();
    }
  };

/** The journal knows of an issue to another order: what a lost commit leaves behind. */
const journalDisagrees: Operation = async (stage, order) => {
  const { deps } = stage;
  const at = deps.clock.now();
  const cardIds = await cardsAround(stage, order);
  await deps.journal.append(cardIds.map((cardId) => ({ cardId, orderId: 'A0'.padEnd(28, '9'), at })));
  await runScan(deps, 'whole-journal-against-database');
};

const startSlowly: Operation = async ({ deps, shop, slow }, { id }) => {
  const openAttempt = async (request: { orderId: string; channel: typeof slow }) =>
    (await openAttempts(shop, [request]))[0] as AttemptOutcome;
  const channel = { ...slow, create: async () => ({ kind: 'created', action: { type: 'qr', content: 'x' } }) as const };
  await startPayment(
    { ...deps, openAttempt },
    {
      orderId: id,
      channel,
      payer: { clientIp: '10.0.0.1', device: 'pc', openid: null },
    },
  );
};

export const operations: Readonly<Record<string, Operation>> = {
  'another buyer orders the same': ({ shop }, { lines }) =>
    shop.place(lines.map(({ skuId, quantity }) => ({ skuId, quantity }))),
  'pay what is asked': payAttempt('01'),
  'pay what is asked, by the second attempt': payAttempt('02'),
  'pay something else': payWrongly,
  'run out of time': expire,
  cancel: ({ deps }, { id }) => cancelOrder(deps, id),
  'begin a payment': startSlowly,
  'the first attempt fails': ({ deps }, { id }) => failAttempt(deps, 'testpay', `${id}01`),
  'a new attempt fails before it began': async (stage, order) => {
    const id = await openCreated(stage, order);
    await stage.look();
    await failAttempt(stage.deps, 'slowpay', id);
  },
  refund: refundAll,
  'refund, but the channel refuses, and again': async (stage, order) => {
    await refundAll(stage, order, 'rejected');
    await stage.look();
    await resolve('refund')(stage, order);
  },
  'deliver by hand': async ({ shop, deps }, { id, lines }) => {
    const lineNo = lines.find(({ delivery }) => delivery === 'manual')?.lineNo ?? 1;
    const sealed = sealManualDelivery(shop, { orderId: id, lineNo, content: 'made by hand' });
    if (sealed) await deliverLine(deps, sealed, by);
  },
  'complete by decision': ({ deps }, { id }) => completeOrder(deps, { orderId: id, ...by }),
  'settle the case: issue': resolve('issue'),
  'settle the case: refund': resolve('refund'),
  'settle the case: close': resolve('close'),
  'look for paid orders without goods': ({ deps }) => runScan(deps, 'deliver-paid'),
  'withdraw cards and bring them back': cardsThen('withdraw', 'restore'),
  'quarantine cards and bring them back': cardsThen('quarantine', 'restore'),
  'quarantine cards and withdraw them': cardsThen('quarantine', 'withdraw'),
  'the journal knows better': journalDisagrees,
};
