/** A channel opened against its running simulator, and the shop's end of it: a server that hands callbacks to the channel. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Value } from 'typebox/value';
import type { GatewayDefinition } from '../../../gateways/gateway.ts';
import { type RunningGateway, serveGateway } from '../../../gateways/serve-gateway.ts';
import type {
  Attempt,
  AttemptRef,
  CallbackRequest,
  CallbackVerdict,
  Channel,
} from '../../../server/payment/channel.ts';
import { channelHttp } from '../../../server/payment/channel-http.ts';
import type { ChannelKind } from '../../../server/payment/channel-kind.ts';

export interface Received {
  request: CallbackRequest;
  verdict: CallbackVerdict;
}

export interface ChannelBench {
  gateway: RunningGateway;
  channel: Channel;
  settings: Record<string, unknown>;
  notifyUrl: string;
  /** Callbacks in the order of their arrival, with what the channel made of them. */
  received: Received[];
  clock: { offsetMs: number };
  attempt(more?: Partial<Attempt>): Attempt;
  /** Opens another channel with other settings against the same simulator. */
  open(settings: Record<string, unknown>): Channel;
  close(): Promise<void>;
}

let last = 0;

export async function channelBench(definition: GatewayDefinition, kind: ChannelKind): Promise<ChannelBench> {
  const clock = { offsetMs: 0 };
  const now = () => Date.now() + clock.offsetMs;
  const gateway = await serveGateway(definition, { speedUp: 1000, now });
  const received: Received[] = [];
  let channel: Channel;
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://shop');
    const request: CallbackRequest = {
      method: incoming.method ?? '',
      rawBody: Buffer.concat(chunks),
      headers: incoming.headers,
      query: Object.fromEntries(url.searchParams),
      rawQuery: url.search.slice(1),
    };
    const verdict = await channel.verify(request);
    received.push({ request, verdict });
    const { success, failure } = channel.acknowledge;
    const answer = verdict.answer ?? (verdict.kind === 'rejected' ? failure : success);
    outgoing.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const notifyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/it`;
  const open = (settings: Record<string, unknown>): Channel => {
    const filled = Value.Default(kind.settings, structuredClone(settings)) as Record<string, unknown>;
    const wrong = [...Value.Errors(kind.settings, filled)];
    if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
    return kind.open(filled, {
      code: 'it',
      name: null,
      notifyUrl,
      returnUrl: (outTradeNo) => `${notifyUrl}/return/${outTradeNo}`,
      clock: { now, monotonicMs: now },
      http: channelHttp,
    });
  };
  channel = open(gateway.wire.settings);
  return {
    gateway,
    channel,
    settings: gateway.wire.settings,
    notifyUrl,
    received,
    clock,
    open,
    attempt: (more = {}) => {
      last += 1;
      const createdAt = now();
      return {
        outTradeNo: `CN${String(last).padStart(26, '0')}01`,
        amountMinor: 1234,
        currency: 'CNY',
        subject: '月卡 × 1',
        createdAt,
        expiresAt: createdAt + 900_000,
        lang: 'zh',
        clientIp: '203.0.113.7',
        device: 'pc',
        openid: null,
        ...more,
      };
    },
    close: async () => {
      await gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function refOf(attempt: Attempt, tradeNo: string | null = null): AttemptRef {
  const { outTradeNo, createdAt, amountMinor, currency } = attempt;
  return { outTradeNo, createdAt, amountMinor, currency, reference: null, tradeNo };
}

/** A callback as an HTTP server would hand it over, from what a simulator would send. */
export function callbackOf(message: {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}): CallbackRequest {
  const url = new URL(message.url);
  return {
    method: message.method,
    rawBody: Buffer.from(message.body ?? ''),
    headers: Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    query: Object.fromEntries(url.searchParams),
    rawQuery: url.search.slice(1),
  };
}
