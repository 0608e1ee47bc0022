import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createDemandMeter, maxOpenOrders, reservationFor, rushPerMinute, tooManyOpenOrders } from './reservation.ts';

const minute = 60_000;
const facts = fc.record({ trusted: fc.boolean(), openFromAddress: fc.nat(100), ordersLastMinute: fc.nat(1000) });

test('a stranger in a rush holds cards for 2 to 5 minutes, anyone else for 5 to 15, a known buyer always for 15', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const { holdMs, riskScore } = reservationFor(one);
      assert.ok(riskScore >= 0 && riskScore <= 100);
      const rush = one.ordersLastMinute >= rushPerMinute;
      const [least, most] = one.trusted ? [15, 15] : rush ? [2, 5] : [5, 10];
      assert.ok(holdMs >= least * minute && holdMs <= most * minute);
    }),
  );
});

test('more risk never holds cards longer', () => {
  fc.assert(
    fc.property(facts, fc.nat(50), fc.nat(500), (one, addresses, orders) => {
      const riskier = {
        trusted: false,
        openFromAddress: one.openFromAddress + addresses,
        ordersLastMinute: one.ordersLastMinute + orders,
      };
      assert.ok(reservationFor(riskier).holdMs <= reservationFor(one).holdMs);
      assert.ok(reservationFor(riskier).riskScore >= reservationFor(one).riskScore);
    }),
  );
});

test('open orders are counted per contact, device and address, and the last one allowed is the one before the limit', () => {
  const below = {
    contact: maxOpenOrders.contact - 1,
    device: maxOpenOrders.device - 1,
    address: maxOpenOrders.address - 1,
  };
  assert.equal(tooManyOpenOrders(below), undefined);
  for (const key of ['contact', 'device', 'address'] as const) {
    assert.equal(tooManyOpenOrders({ ...below, [key]: maxOpenOrders[key] }), key);
  }
});

test('demand is what the last minute brought, forgotten after two, and counted for each SKU', () => {
  let now = 0;
  const meter = createDemandMeter(() => now);
  for (let i = 0; i < 90; i++) meter.record(1);
  assert.deepEqual([meter.lastMinute(1), meter.lastMinute(2)], [90, 0]);
  now = 1.5 * minute;
  assert.equal(meter.lastMinute(1), 45);
  now = 4 * minute;
  assert.equal(meter.lastMinute(1), 0);
});

test('demand is never more than what came in the last two minutes, nor less than what came in this window', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(90_000), { maxLength: 60 }), (gaps) => {
      let now = 1_000_000;
      const times: number[] = [];
      const meter = createDemandMeter(() => now);
      for (const gap of gaps) {
        now += gap;
        times.push(now);
        meter.record(7);
        const seen = meter.lastMinute(7);
        assert.ok(seen >= 1 && seen <= times.filter((at) => now - at < 2 * minute).length);
      }
    }),
  );
});
