/** Stripe's own library against our side and our simulator: neither may be wrong in the same way as the other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Stripe from 'stripe';
import { serveGateway } from '../../../gateways/serve-gateway.ts';
import { stripeGateway } from '../../../gateways/stripe/gateway.ts';
import { whyNotSigned } from '../../../server/payment/channels/stripe/signature.ts';

const secret = 'whsec_test_secret';
const payload = JSON.stringify({ id: 'evt_test_webhook', object: 'event', 名: '月卡' }, null, 2);

test('a signature that the library makes is one that we believe, in its time', () => {
  const timestamp = 1_795_380_000;
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const body = Buffer.from(payload);
  const why = (atS: number) => whyNotSigned(body, header, secret, atS * 1000);
  assert.equal(why(timestamp), undefined);
  assert.equal(why(timestamp + 300), undefined);
  assert.equal(why(timestamp + 301), 'the message is too old');
  assert.equal(why(timestamp - 301), 'the message is too old');
  assert.equal(whyNotSigned(body, `${header},v1=${'0'.repeat(64)}`, secret, timestamp * 1000), undefined);
  assert.equal(whyNotSigned(Buffer.from(`${payload} `), header, secret, timestamp * 1000), 'signature does not match');
  assert.equal(whyNotSigned(body, header, 'whsec_other', timestamp * 1000), 'signature does not match');
});

test('the library believes the events of our simulator and understands its answers', async () => {
  const gateway = await serveGateway(stripeGateway);
  try {
    gateway.webhookUrl = 'http://127.0.0.1:9/callback';
    const { secretKey, webhookSecret, api } = gateway.wire.settings as Record<string, string>;
    const { hostname, port } = new URL(api ?? '');
    const stripe = new Stripe(secretKey ?? '', {
      host: hostname,
      port,
      protocol: 'http',
      maxNetworkRetries: 0,
      telemetry: false,
    });
    const order = {
      mode: 'payment' as const,
      client_reference_id: '0101JD0000000000000000000001',
      line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 1234, product_data: { name: '月卡' } } }],
      success_url: 'http://127.0.0.1/back',
      expires_at: Math.floor(Date.now() / 1000) + 3600,
    };
    const session = await stripe.checkout.sessions.create(order, { idempotencyKey: 'once' });
    assert.equal((await stripe.checkout.sessions.create(order, { idempotencyKey: 'once' })).id, session.id);
    await assert.rejects(
      stripe.checkout.sessions.create({ ...order, success_url: 'http://127.0.0.1/other' }, { idempotencyKey: 'once' }),
      Stripe.errors.StripeIdempotencyError,
    );
    await assert.rejects(stripe.checkout.sessions.retrieve('cs_none'), { code: 'resource_missing' });
    const trade = gateway.books.find(order.client_reference_id);
    assert.ok(trade && gateway.books.pay(trade));
    const message = await gateway.wire.message({ kind: 'paid', trade });
    const event = stripe.webhooks.constructEvent(
      String(message?.body),
      message?.headers?.['stripe-signature'] ?? '',
      webhookSecret ?? '',
    );
    assert.equal(event.type, 'checkout.session.completed');
    assert.equal(event.data.object.id, session.id);
    const refund = await stripe.refunds.create({
      payment_intent: String(event.data.object.payment_intent),
      amount: 234,
    });
    assert.equal(refund.status, 'succeeded');
    await assert.rejects(stripe.refunds.create({ payment_intent: String(refund.payment_intent), amount: 1001 }), {
      code: 'charge_already_refunded',
    });
    assert.equal((await stripe.refunds.list({ payment_intent: String(refund.payment_intent) })).data.length, 1);
  } finally {
    await gateway.close();
  }
});
