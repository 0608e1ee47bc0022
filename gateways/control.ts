/** The control API of a simulator: its books, its payers, its mischief. JSON in, JSON out, on loopback alone. */
import type { GatewayReply, GatewayRequest } from './gateway.ts';
import { type MischiefName, mischiefNames } from './mischief.ts';
import type { RunningGateway } from './serve-gateway.ts';

/** `POST /_control/pay {outTradeNo, amountMinor?}` and so on; `GET /_control` lists them. */
export async function control(gateway: RunningGateway, request: GatewayRequest): Promise<GatewayReply> {
  const name = request.path.slice('/_control'.length).replace(/^\//, '');
  const operation = operations[name];
  if (!operation) return json(404, { operations: Object.keys(operations), mischief: mischiefNames });
  try {
    const input = request.body.length > 0 ? (JSON.parse(request.body.toString()) as Record<string, unknown>) : {};
    return json(200, (await operation(gateway, input)) ?? {});
  } catch (error) {
    return json(400, { error: (error as Error).message });
  }
}

const operations: Record<string, (gateway: RunningGateway, input: Record<string, unknown>) => unknown> = {
  books: ({ books }) => ({ trades: books.all() }),
  callbacks: ({ callbacks }) => ({ callbacks }),
  settings: ({ wire }) => wire.settings,
  pay: async (gateway, input) => ({ paid: await gateway.pay(text(input.outTradeNo), amount(input.amountMinor)) }),
  refund: (gateway, input) => gateway.refundByHand(text(input.outTradeNo), amount(input.amountMinor) ?? 0),
  dispute: (gateway, input) => gateway.dispute(text(input.outTradeNo)),
  next: ({ mischief }, input) => mischief.next(mischiefName(input.name), amount(input.times)),
  rate: ({ mischief }, input) => mischief.rate(mischiefName(input.name), Number(input.rate)),
  behave: ({ mischief }) => mischief.behave(),
  rotate: ({ wire }) => wire.rotate?.(),
  /** What an owner does in the console of a network that is not told with each payment where to call. */
  webhook: (gateway, input) => {
    gateway.webhookUrl = text(input.url, 'url');
  },
};

function text(value: unknown, name = 'outTradeNo'): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is missing`);
  return value;
}

function amount(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Error('not a whole number');
  return value;
}

function mischiefName(value: unknown): MischiefName {
  if (!mischiefNames.includes(value as MischiefName))
    throw new Error(`name must be one of ${mischiefNames.join(', ')}`);
  return value as MischiefName;
}

function json(status: number, value: unknown): GatewayReply {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
