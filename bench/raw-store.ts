/** The store alone, without HTTP: orders placed and settled through the same batches, in one process. */
import { createHmac } from 'node:crypto';
import { readConfig } from '../server/config.ts';
import { openContext } from '../server/context.ts';
import { draftOrder } from '../server/order/draft-order.ts';
import { paymentId } from '../server/payment/payment.ts';

interface RawJob {
  skuIds: number[];
  flows: number;
  callers: number;
}

const job = JSON.parse(process.argv[2] as string) as RawJob;
const context = await openContext(readConfig(), ['order', 'payment']);
const channel = context.channels.get('sandbox');
if (!channel) throw new Error('the sandbox channel is off');
const secret = context.config.sandboxSecret as string;
let started = 0;

async function flow(n: number): Promise<void> {
  const skuId = job.skuIds[n % job.skuIds.length] as number;
  const draft = await draftOrder(context, {
    body: { lines: [{ skuId, quantity: 1 }], contact: `raw${n}@bench.invalid` },
    idempotencyKey: `raw-${process.pid}-${n}-0123456789`,
    clientAddress: '127.0.0.1',
    deviceId: undefined,
    userId: null,
    firstChannel: { code: 'sandbox', currencies: ['CNY'] },
  });
  const placed = await context.orders.submit(draft);
  if (placed.kind !== 'placed') throw new Error(placed.kind);
  const { totalMinor: amountMinor, currency } = placed.order;
  const id = paymentId(placed.order.id, 1);
  const rawBody = Buffer.from(
    JSON.stringify({
      outTradeNo: id,
      tradeNo: `R${process.pid}-${n}`,
      amountMinor,
      currency,
      status: 'paid',
      timestamp: 0,
    }),
  );
  const signature = createHmac('sha256', secret).update(rawBody).digest('hex');
  const verdict = await channel?.verify({
    method: 'POST',
    rawBody,
    headers: { 'x-sandbox-signature': signature },
    query: {},
    rawQuery: '',
  });
  if (verdict?.kind !== 'paid') throw new Error('callback not verified');
  const outcome = await context.settle(verdict.payment);
  if (outcome.kind !== 'settled') throw new Error(outcome.kind);
}

const from = performance.now();
await Promise.all(
  Array.from({ length: job.callers }, async () => {
    while (started < job.flows) await flow(started++);
  }),
);
const seconds = (performance.now() - from) / 1000;
process.stdout.write(`${JSON.stringify({ flows: job.flows, seconds })}\n`);
await context.close();
