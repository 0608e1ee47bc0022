import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromStripe, toStripe } from './amounts.ts';
import { eventVerdict, sessionState } from './wire.ts';

const account = { code: 'stripe-1', merchant: 'stripe-test', livemode: false };
const outTradeNo = '0101JD0000000000000000000001';
const session = {
  id: 'cs_test_1',
  client_reference_id: outTradeNo,
  amount_total: 1234,
  currency: 'usd',
  payment_intent: 'pi_1',
  payment_status: 'paid',
  status: 'complete',
};
const verdict = (type: string, object: unknown, more = {}) =>
  eventVerdict({ object: 'event', type, livemode: false, data: { object }, ...more }, account, 'raw');

test('amounts go over exactly, or not at all', () => {
  assert.equal(toStripe(1234, 'USD'), 1234);
  assert.equal(toStripe(500, 'JPY'), 500);
  assert.equal(toStripe(12345, 'KWD'), 12345);
  // No digits on a price tag in Iceland, two at Stripe.
  assert.equal(toStripe(500, 'ISK'), 50_000);
  assert.equal(fromStripe(50_000, 'isk'), 500);
  assert.equal(fromStripe(50_050, 'isk'), undefined);
  for (const amount of ['12', 1.5, -1, null, 2 ** 60]) assert.equal(fromStripe(amount, 'usd'), undefined);
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.constantFrom('USD', 'EUR', 'JPY', 'ISK', 'KWD', 'HUF'), (minor, currency) => {
      const there = toStripe(minor, currency);
      assert.equal(there === undefined ? minor : fromStripe(there, currency), minor);
    }),
  );
});

test('money is a session that is paid, at once or later', () => {
  const paid = { kind: 'paid', payment: { tradeNo: 'pi_1', outTradeNo, amountMinor: 1234, currency: 'USD' } };
  assert.partialDeepStrictEqual(verdict('checkout.session.completed', session), paid);
  assert.partialDeepStrictEqual(verdict('checkout.session.async_payment_succeeded', session), paid);
  const waits = { ...session, payment_status: 'unpaid' };
  assert.equal(verdict('checkout.session.completed', waits).kind, 'ignored');
  assert.equal(verdict('checkout.session.async_payment_failed', waits).kind, 'failed');
  assert.equal(verdict('checkout.session.expired', waits).kind, 'failed');
});

test('what else happens in the account is none of our business', () => {
  assert.equal(verdict('checkout.session.completed', { ...session, client_reference_id: null }).kind, 'ignored');
  assert.equal(verdict('checkout.session.completed', { ...session, client_reference_id: 'cart 7' }).kind, 'ignored');
  assert.equal(verdict('charge.refunded', { payment_intent: 'pi_2', currency: 'usd', metadata: {} }).kind, 'ignored');
  assert.equal(verdict('invoice.paid', {}).kind, 'ignored');
});

test('test events are no money of a live shop, nor the other way round', () => {
  assert.equal(verdict('checkout.session.completed', session, { livemode: true }).kind, 'rejected');
  assert.equal(verdict('checkout.session.completed', session, { livemode: undefined }).kind, 'rejected');
});

test('a paid session that cannot be read is not believed', () => {
  for (const bad of [{ amount_total: '1234' }, { amount_total: null }, { payment_intent: null }, { currency: 7 }]) {
    assert.equal(verdict('checkout.session.completed', { ...session, ...bad }).kind, 'rejected', JSON.stringify(bad));
  }
});

test('refunds are told by their number, by the total of a charge, or not at all', () => {
  const charge = {
    payment_intent: 'pi_1',
    currency: 'usd',
    amount_refunded: 234,
    metadata: { out_trade_no: outTradeNo },
  };
  assert.partialDeepStrictEqual(verdict('charge.refunded', charge), {
    kind: 'refund',
    notice: { refundNo: null, tradeNo: 'pi_1', totalRefundedMinor: 234, outcome: 'succeeded' },
  });
  const refund = {
    amount: 234,
    currency: 'usd',
    payment_intent: 'pi_1',
    status: 'failed',
    metadata: { refund_no: 'R1', out_trade_no: outTradeNo },
  };
  assert.partialDeepStrictEqual(verdict('refund.failed', refund), {
    notice: { refundNo: 'R1', amountMinor: 234, outcome: 'rejected' },
  });
  assert.equal(verdict('refund.updated', { ...refund, status: 'pending' }).kind, 'ignored');
  assert.equal(verdict('refund.updated', { ...refund, metadata: {} }).kind, 'ignored');
});

test('a dispute names its trade', () => {
  const dispute = { id: 'dp_1', amount: 1234, currency: 'usd', payment_intent: 'pi_1', reason: 'fraudulent' };
  assert.partialDeepStrictEqual(verdict('charge.dispute.created', dispute), {
    kind: 'disputed',
    notice: { disputeNo: 'dp_1', tradeNo: 'pi_1', amountMinor: 1234, reason: 'fraudulent' },
  });
});

test('a session that is asked for tells where it stands', () => {
  assert.equal(sessionState(session, outTradeNo, account).kind, 'paid');
  assert.equal(
    sessionState({ ...session, payment_status: 'unpaid', status: 'open' }, outTradeNo, account).kind,
    'unpaid',
  );
  assert.equal(
    sessionState({ ...session, payment_status: 'unpaid', status: 'expired' }, outTradeNo, account).kind,
    'closed',
  );
  assert.equal(sessionState(session, 'ANOTHER', account).kind, 'unknown');
  const intent = { id: 'pi_1', latest_charge: { amount_refunded: 200 } };
  assert.partialDeepStrictEqual(sessionState({ ...session, payment_intent: intent }, outTradeNo, account), {
    kind: 'refunded',
    refundedMinor: 200,
  });
});
