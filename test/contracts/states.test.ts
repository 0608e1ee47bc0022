/** Every state an order can be in meets everything that can be done: what changes is in contract/states.ts, and all of that happens. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as contract from '../../contract/states.ts';
import { dialects } from '../kit/shop-database.ts';
import { newTradingShop, type TradingShop } from '../kit/trading-shop.ts';
import { operations } from './states/operations.ts';
import { newStage, ordersInStates, type Stage } from './states/orders-in-states.ts';
import { named, type Thing, type Transition } from './states/shop-states.ts';

const allowed: Readonly<Record<Thing, Readonly<Record<string, readonly string[]>>>> = {
  order: contract.orderTransitions,
  payment: contract.paymentTransitions,
  refund: contract.refundTransitions,
  card: contract.cardTransitions,
  review: { open: ['resolved'], resolved: [] },
};

/** Listed for what the program does not do yet: channels that refund in steps, cards that travel between regions. */
const waiting = /refunding|inTransfer|card: sold -> quarantined/;

for (const dialect of dialects) {
  describe(dialect, () => {
    const seen = new Set<string>();
    let shop: TradingShop;
    let stage: Stage;

    before(async () => {
      shop = await newTradingShop(dialect);
      stage = await newStage(shop, (transition) => {
        assert.ok(isAllowed(transition), `${named(transition)} is not in contract/states.ts`);
        for (const step of stepsOf(transition)) seen.add(named(step));
      });
    });
    after(() => shop.close());

    for (const [state, make] of Object.entries(ordersInStates)) {
      test(`an order that is ${state} goes only where the contract lets it, whatever is done`, async (t) => {
        for (const [name, operate] of Object.entries(operations)) {
          const order = await make(stage);
          await stage.forget();
          await t.test(name, async () => {
            await operate(stage, order);
            await stage.look();
          });
        }
      });
    }

    test('everything the contract lists happens', () => {
      const listed = Object.entries(allowed).flatMap(([thing, table]) =>
        Object.entries(table).flatMap(([from, all]) => all.map((to) => named({ thing: thing as Thing, from, to }))),
      );
      const missing = listed.filter((one) => !seen.has(one));
      assert.deepEqual(
        missing.filter((one) => !waiting.test(one)),
        [],
      );
      assert.deepEqual(
        [...seen].filter((one) => waiting.test(one)),
        [],
        'no longer waiting: take it off the list',
      );
    });
  });
}

/** Taking money in and handing over is one transaction where nobody's work is needed: paid is passed on the way. */
function stepsOf({ thing, from, to }: Transition): Transition[] {
  const direct = { thing, from, to };
  if (thing !== 'order' || to !== 'delivered' || from === 'paid') return [direct];
  return [
    { thing, from, to: 'paid' },
    { thing, from: 'paid', to },
  ];
}

function isAllowed(transition: Transition): boolean {
  return stepsOf(transition).every(({ thing, from, to }) => allowed[thing][from]?.includes(to));
}
