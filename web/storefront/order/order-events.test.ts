import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOrderEvent } from './order-events.ts';

test('an order event is read, a heartbeat is nothing', () => {
  assert.deepEqual(parseOrderEvent('event: order\ndata: {"id":"A"}'), { id: 'A' });
  assert.deepEqual(parseOrderEvent('id: 7\nevent:order\ndata:{"id":\ndata:"A"}'), { id: 'A' });
  assert.equal(parseOrderEvent(': heartbeat'), undefined);
  assert.equal(parseOrderEvent('data: {"id":"A"}'), undefined);
});
