/**
 * Requests to addresses that an owner filled in (webhooks, notifiers). The rule of outside-address.ts is applied to the
 * address and, in the moment of connecting, to what its name resolves to: a name that leads inside after it has been saved
 * is refused too. Redirects are errors, answers and waits have limits, and no message holds more than the host: the path
 * of a robot's address is its password.
 */
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { bareHost, mayConnect, type OutsideRule, refusalOfAddress } from './outside-address.ts';

export interface OutsideRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** From beginning to end. Default 10,000. */
  timeoutMs?: number;
  /** Of the answer. Default 64 KiB. */
  maxBytes?: number;
}

export interface OutsideReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface OutsideHttp {
  /** Any status but a redirect is a reply; throws OutsideHttpError when there is none. */
  request(request: OutsideRequest): Promise<OutsideReply>;
}

export class OutsideHttpError extends Error {
  override readonly name = 'OutsideHttpError';
  readonly reason: 'refused' | 'timeout' | 'connection' | 'redirect' | 'too-large';
  constructor(reason: OutsideHttpError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

const defaultTimeoutMs = 10_000;
const defaultMaxBytes = 64 << 10;

/** As `dns.lookup` with `all`; replaced in tests. */
export type ResolveHost = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export function createOutsideHttp(rule: OutsideRule, resolveHost: ResolveHost = lookup): OutsideHttp {
  return { request: (asked) => sendRequest(rule, resolveHost, asked) };
}

async function sendRequest(rule: OutsideRule, resolveHost: ResolveHost, asked: OutsideRequest): Promise<OutsideReply> {
  const refusal = refusalOfAddress(asked.url, rule);
  if (refusal) throw new OutsideHttpError('refused', `the address may not be called: ${refusal}`);
  const url = new URL(asked.url);
  const host = url.host;
  const signal = AbortSignal.timeout(asked.timeoutMs ?? defaultTimeoutMs);
  try {
    const lookup = guardedLookup(rule, resolveHost, bareHost(url));
    const response = await open(lookup, url, asked, signal);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      response.destroy();
      throw new OutsideHttpError('redirect', `${host} answered with a redirect (${status})`);
    }
    return { status, headers: response.headers, body: await readAtMost(response, asked, host) };
  } catch (error) {
    if (error instanceof OutsideHttpError) throw error;
    if (signal.aborted) throw new OutsideHttpError('timeout', `${host} did not answer in time`);
    const why = (error as NodeJS.ErrnoException).code ?? 'no connection';
    throw new OutsideHttpError('connection', `${host} cannot be reached (${why})`);
  }
}

function open(lookup: LookupFunction, url: URL, asked: OutsideRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const body = asked.body === undefined ? undefined : Buffer.from(asked.body as string);
  const length = body ? { 'content-length': String(body.length) } : {};
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: asked.method,
      headers: { 'user-agent': 'Cardwell', ...asked.headers, ...length },
      lookup,
      // A connection of its own: none that was opened under another rule is taken up again.
      agent: false,
      signal,
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end(body);
  });
}

function guardedLookup(rule: OutsideRule, resolveHost: ResolveHost, host: string): LookupFunction {
  return (name, options, done) => {
    resolveHost(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('no address'), '', 0);
      // One that leads inside is enough: which of them is taken is not ours to say.
      if (!addresses.every(({ address }) => mayConnect(host, address, rule)))
        return done(
          new OutsideHttpError('refused', `${name} may not be called: it leads to an address that is not public`),
          '',
          0,
        );
      if (options.all) return done(null, addresses as never);
      return done(null, first.address, first.family);
    });
  };
}

async function readAtMost(response: IncomingMessage, asked: OutsideRequest, host: string): Promise<Buffer> {
  const maxBytes = asked.maxBytes ?? defaultMaxBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new OutsideHttpError('too-large', `${host} sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
