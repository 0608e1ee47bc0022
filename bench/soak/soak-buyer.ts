/** One buyer of the day: orders, begins to pay, and does what the plan says. Lost answers are asked for again. */
import type { PaymentView } from '../../contract/shop.ts';
import { follow } from '../../gateways/payer.ts';
import type { RunningGateway } from '../../gateways/serve-gateway.ts';
import type { Caller } from '../../test/kit/http-call.ts';
import type { PlannedOrder } from './soak-plan.ts';

export interface SoakCounts {
  ordered: number;
  notOrdered: number;
  notBegun: number;
  paid: number;
  payRefused: number;
}

export interface Bought {
  orderId: string;
  outTradeNo: string;
  gateway: RunningGateway;
  planned: PlannedOrder;
}

interface Market {
  /** A shop process that is up, another one at each try. */
  shop(): Caller;
  gateway: RunningGateway;
  code: string;
  skuId: number;
  counts: SoakCounts;
}

const tries = 12;
const waitMs = 250;

export async function buy(market: Market, planned: PlannedOrder, key: string): Promise<Bought | undefined> {
  const { counts, gateway, skuId } = market;
  const body = { lines: [{ skuId, quantity: planned.quantity }], contact: `${key}@example.com` };
  const placed = await persist(market, 201, {
    method: 'POST',
    path: '/api/v1/orders',
    headers: { 'idempotency-key': key },
    body,
  });
  if (!placed) {
    counts.notOrdered++;
    return undefined;
  }
  const { order, accessToken } = placed as { order: { id: string }; accessToken: string };
  counts.ordered++;
  const headers = { authorization: `Bearer ${accessToken}` };
  const path = `/api/v1/orders/${order.id}/payments`;
  const begun = await persist(market, 201, { method: 'POST', path, headers, body: { channel: market.code } });
  if (!begun) {
    counts.notBegun++;
    return undefined;
  }
  const { payment } = begun as { payment: PaymentView };
  await followed(payment);
  if (planned.behaviour === 'cancels-then-pays')
    await persist(market, 200, { method: 'POST', path: `/api/v1/orders/${order.id}/cancel`, headers });
  if (planned.behaviour !== 'never-pays') counts[(await gateway.pay(payment.outTradeNo)) ? 'paid' : 'payRefused']++;
  return { orderId: order.id, outTradeNo: payment.outTradeNo, gateway, planned };
}

/** The cashier page fails now and then; a person loads it again. */
async function followed({ action }: PaymentView): Promise<void> {
  for (let n = 0; n < tries; n++) {
    const seen = await follow(action).then(
      () => true,
      () => false,
    );
    if (seen) return;
  }
}

async function persist(
  { shop }: Market,
  wanted: number,
  call: Parameters<Caller>[0],
): Promise<Record<string, unknown> | undefined> {
  for (let n = 0; n < tries; n++) {
    const answer = await shop()(call).catch(() => undefined);
    if (answer?.status === wanted) return JSON.parse(answer.text) as Record<string, unknown>;
    if (answer && answer.status < 500 && answer.status !== 429) return undefined;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return undefined;
}
