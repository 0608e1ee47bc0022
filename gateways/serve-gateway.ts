/** One simulated network, running: its API, the pages where people pay, a control API, and its callbacks. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Books, type GatewayTrade } from './books.ts';
import { type CallbackLog, createCallbacks } from './callbacks.ts';
import { control } from './control.ts';
import type { GatewayDefinition, GatewayReply, GatewayRequest, GatewayWire, Mood } from './gateway.ts';
import { Mischief } from './mischief.ts';
import { payPage } from './pay-page.ts';
import { payTrade, refundTrade } from './payer.ts';

export interface GatewayOptions {
  /** 0 takes any free one. */
  port?: number;
  /** An address of this machine; the control API has no password, so never one that strangers reach. */
  host?: string;
  /** The network's schedule of callbacks runs so many times as fast. */
  speedUp?: number;
  /** How long a `slow` answer and a `late` callback take, before speed-up. */
  slowMs?: number;
  seed?: number;
  now?(): number;
}

export interface RunningGateway {
  definition: GatewayDefinition;
  wire: GatewayWire;
  books: Books;
  mischief: Mischief;
  baseUrl: string;
  /** What the shop's owner would enter in the network's console; '' until then. */
  webhookUrl: string;
  /** Callbacks sent and what the shop answered, oldest first. */
  callbacks: CallbackLog;
  /** A payer pays (by default what is asked); `false` when the network would not let them. */
  pay(outTradeNo: string, amountMinor?: number): Promise<boolean>;
  /** Somebody gives money back in the network's own console. */
  refundByHand(outTradeNo: string, amountMinor: number): Promise<void>;
  /** The payer's bank takes the money back. */
  dispute(outTradeNo: string): Promise<void>;
  /** Every callback that is due has been sent and answered. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A small seeded generator (mulberry32), so that a run can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function serveGateway(
  definition: GatewayDefinition,
  options: GatewayOptions = {},
): Promise<RunningGateway> {
  const { port = 0, host = '127.0.0.1', speedUp = 1, slowMs = 20_000, seed = 1, now = Date.now } = options;
  const random = seededRandom(seed);
  const mischief = new Mischief(random);
  const books = new Books(definition.kind.slice(0, 2).toUpperCase(), now);
  let gateway: RunningGateway;
  const server = createServer((request, response) => {
    answer(gateway, request, response, slowMs / speedUp).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(`the simulator failed: ${error.stack}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const baseUrl = `http://${host}:${(server.address() as AddressInfo).port}`;
  const callbacks = createCallbacks({ definition, mischief, speedUp, slowMs, books, wire: () => gateway.wire });
  const parts = {
    baseUrl,
    books,
    now,
    random,
    webhookUrl: () => gateway.webhookUrl,
    payPage: (outTradeNo: string) => `${baseUrl}/_pay/${encodeURIComponent(outTradeNo)}`,
    announce: callbacks.announce,
  };
  gateway = {
    definition,
    wire: await definition.open(parts),
    books,
    mischief,
    baseUrl,
    webhookUrl: '',
    callbacks: callbacks.log,
    pay: (outTradeNo, amountMinor) => payTrade(gateway, callbacks.announce, outTradeNo, amountMinor),
    refundByHand: async (outTradeNo, amountMinor) => refundTrade(gateway, callbacks.announce, outTradeNo, amountMinor),
    async dispute(outTradeNo) {
      callbacks.announce({ kind: 'disputed', trade: books.find(outTradeNo) as GatewayTrade });
    },
    settled: callbacks.settled,
    async close() {
      callbacks.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gateway;
}

const maxBodyBytes = 1 << 20;

async function answer(
  gateway: RunningGateway,
  request: IncomingMessage,
  response: ServerResponse,
  slowMs: number,
): Promise<void> {
  const asked = await readRequest(request);
  if (asked.path.startsWith('/_control')) return send(response, await control(gateway, asked));
  if (asked.path.startsWith('/_pay/')) return send(response, await payPage(gateway, asked));
  const { mischief } = gateway;
  if (mischief.strikes('error-5xx')) return send(response, { status: 502, body: 'bad gateway' });
  if (mischief.strikes('time-out')) return;
  if (mischief.strikes('slow')) await new Promise((resolve) => setTimeout(resolve, slowMs));
  const mood: Mood = {
    wrongSignature: gateway.definition.has.signedAnswers && mischief.strikes('wrong-signature'),
    disagree: mischief.strikes('query-disagrees'),
  };
  const reply = await gateway.wire.handle(asked, mood);
  if (mischief.strikes('answer-lost')) {
    response.destroy();
    return;
  }
  send(response, reply ?? { status: 404, body: 'no such address' });
}

async function readRequest(request: IncomingMessage): Promise<GatewayRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes) throw new Error('the request is too large');
    chunks.push(chunk as Buffer);
  }
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  const rawQuery = rest.join('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  const query = new URLSearchParams(rawQuery);
  return { method: request.method ?? 'GET', path, query, rawQuery, headers, body: Buffer.concat(chunks) };
}

function send(response: ServerResponse, { status = 200, headers, body }: GatewayReply): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(body);
}
