/** Stripe Checkout: a session for each attempt, told of by signed events, closed by expiring it. */
import type {
  Attempt,
  AttemptRef,
  Channel,
  CloseResult,
  CreateResult,
  ProbeResult,
  QueryResult,
} from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { toStripe } from './amounts.ts';
import { stripeBill } from './bill.ts';
import { faultOf, type StripeClient, stripeClient } from './client.ts';
import { missedEvents } from './missed-events.ts';
import { queryStripeRefund, refundAtStripe } from './refund.ts';
import { type StripeSettings, stripeSettings } from './settings.ts';
import { type StripeAccount, sessionState, verifyStripeEvent } from './wire.ts';

/** A session lives for at least 30 minutes; ours is closed when the reservation ends. */
const sessionMs = 40 * 60_000;

const answer = (status: number, body: string) => ({ status, contentType: 'text/plain; charset=utf-8', body });

export const stripeKind: ChannelKind = {
  kind: 'stripe',
  names: { zh: 'Stripe', en: 'Stripe' },
  help: {
    zh: '银行卡、Apple Pay、Google Pay 等，在 Stripe 的结账页付款。密钥在 Stripe 后台 Developers 中。',
    en: "Cards, Apple Pay, Google Pay and more, on Stripe's checkout page. The keys are under Developers in its dashboard.",
  },
  settings: stripeSettings,
  open: (settings, parts) => stripeChannel(settings as StripeSettings, parts),
};

interface Parts {
  parts: ChannelParts;
  account: StripeAccount;
  client(): Promise<StripeClient>;
}

function stripeChannel(settings: StripeSettings, parts: ChannelParts): Channel {
  const { secretKey, webhookSecret, currencies, api } = settings;
  const livemode = secretKey.includes('_live_');
  const merchant = livemode ? 'stripe-live' : 'stripe-test';
  const account: StripeAccount = { code: parts.code, merchant, webhookSecret, livemode };
  const client = stripeClient(api, secretKey, parts.http);
  const stripe: Parts = { parts, account, client };
  return {
    code: parts.code,
    kind: stripeKind.kind,
    name: parts.name ?? stripeKind.names,
    currencies: currencies.split(','),
    sandbox: false,
    merchant,
    lateMs: sessionMs,
    acknowledge: { success: answer(200, 'ok'), failure: answer(400, 'rejected') },
    create: (attempt) => create(stripe, attempt),
    verify: (request) => verifyStripeEvent(request, account, parts.clock.now()),
    query: (attempt) => query(stripe, attempt),
    close: (attempt) => close(stripe, attempt),
    refund: async (order) => refundAtStripe(await client(), order),
    queryRefund: async (order) => queryStripeRefund(await client(), order),
    bill: stripeBill(client),
    missed: async (sinceMs) => missedEvents(await client(), account, sinceMs),
    probe: () => probe(stripe),
  };
}

/** Everything in it comes from the attempt as it is on record, so that a second try under its key is the same request. */
async function create({ parts, client }: Parts, attempt: Attempt): Promise<CreateResult> {
  const { outTradeNo, currency } = attempt;
  const unit_amount = toStripe(attempt.amountMinor, currency);
  if (unit_amount === undefined) return { kind: 'refused', reason: `no such amount in ${currency}` };
  const metadata = { out_trade_no: outTradeNo };
  const back = parts.returnUrl(outTradeNo);
  const product_data = { name: attempt.subject };
  try {
    const session = await (await client()).checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: outTradeNo,
        line_items: [{ quantity: 1, price_data: { currency: currency.toLowerCase(), unit_amount, product_data } }],
        payment_intent_data: { metadata },
        metadata,
        success_url: back,
        cancel_url: back,
        expires_at: Math.floor((attempt.createdAt + sessionMs) / 1000),
        locale: attempt.lang === 'zh' ? 'zh' : 'en',
      },
      { idempotencyKey: outTradeNo },
    );
    if (!session.url) return { kind: 'unavailable', reason: 'the session has no page' };
    return { kind: 'created', action: { type: 'redirect', url: session.url }, reference: session.id };
  } catch (error) {
    const fault = faultOf(error);
    return { kind: fault.kind === 'no' ? 'refused' : 'unavailable', reason: fault.reason };
  }
}

async function query({ account, client }: Parts, attempt: AttemptRef): Promise<QueryResult> {
  try {
    const { sessions } = (await client()).checkout;
    const reference = attempt.reference ?? (await sessionOf(await client(), attempt));
    if (reference === undefined) return { kind: 'not-found' };
    const session = await sessions.retrieve(reference, { expand: ['payment_intent.latest_charge'] });
    return sessionState({ ...session }, attempt.outTradeNo, account);
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'no' && fault.code === 'resource_missing') return { kind: 'not-found' };
    return { kind: 'unknown', reason: fault.reason };
  }
}

/** For an attempt whose session's number never reached us: sessions of about that time are looked through. */
async function sessionOf(client: StripeClient, attempt: AttemptRef): Promise<string | undefined> {
  const from = Math.floor(attempt.createdAt / 1000) - 60;
  const created = { gte: from, lte: from + 3600 };
  let seen = 0;
  for await (const session of client.checkout.sessions.list({ created, limit: 100 })) {
    if (session.client_reference_id === attempt.outTradeNo) return session.id;
    seen += 1;
    if (seen >= 1000) break;
  }
  return undefined;
}

async function close(stripe: Parts, attempt: AttemptRef): Promise<CloseResult> {
  try {
    const client = await stripe.client();
    const reference = attempt.reference ?? (await sessionOf(client, attempt));
    if (reference === undefined) return { kind: 'not-found' };
    const session = await client.checkout.sessions.expire(reference);
    return session.status === 'expired'
      ? { kind: 'closed' }
      : { kind: 'unknown', reason: `the session is ${session.status}` };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'unknown') return fault;
    // A session that is not open cannot expire: it has done so already, or is paid.
    const now = await query(stripe, attempt);
    if (now.kind === 'paid' || now.kind === 'refunded') return { kind: 'paid' };
    return now.kind === 'closed' || now.kind === 'not-found' ? now : { kind: 'unknown', reason: fault.reason };
  }
}

async function probe({ client, account }: Parts): Promise<ProbeResult> {
  try {
    const balance = await (await client()).balance.retrieve();
    if (balance.livemode !== account.livemode) return { kind: 'failing', reason: 'the key is of the other mode' };
    return { kind: 'healthy' };
  } catch (error) {
    return { kind: 'failing', reason: faultOf(error).reason };
  }
}
