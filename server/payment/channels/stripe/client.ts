/**
 * Stripe's own library, sending through our HTTP client and its limits. It is loaded at the first request: shops without
 * Stripe never pay for it.
 */
import type StripeClient from 'stripe';
import { type ChannelHttp, ChannelHttpError, type ChannelHttpRequest } from '../../channel-http.ts';

export type { StripeClient };

/** @returns a function that gives the one client of these settings */
export function stripeClient(api: string, secretKey: string, http: ChannelHttp): () => Promise<StripeClient> {
  let client: Promise<StripeClient> | undefined;
  return () => {
    client ??= open(api, secretKey, http);
    return client;
  };
}

async function open(api: string, secretKey: string, http: ChannelHttp): Promise<StripeClient> {
  const { default: Stripe } = await import('stripe');
  const { protocol, hostname, port } = new URL(api);
  return new Stripe(secretKey, {
    host: hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
    httpClient: Stripe.createFetchHttpClient(fetchThrough(http)),
    // Tries are ours to count: each stands on record before it is made.
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

function fetchThrough(http: ChannelHttp): typeof fetch {
  return async (input, init = {}) => {
    const { status, headers, body } = await http.request({
      method: (init.method ?? 'GET') as ChannelHttpRequest['method'],
      url: String(input),
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(init.body ? { body: String(init.body) } : {}),
    });
    return new Response(new Uint8Array(body), { status, headers });
  };
}

export type StripeFault =
  /** Stripe understood and says no. */
  | { kind: 'no'; code: string; reason: string }
  /** Nothing is known about what Stripe did. */
  | { kind: 'unknown'; reason: string };

/** What an error of the library tells; an error that is none of it is a bug and goes on. */
export function faultOf(error: unknown): StripeFault {
  if (error instanceof ChannelHttpError) return { kind: 'unknown', reason: error.message };
  const { type, statusCode, code, message } = error as {
    type?: string;
    statusCode?: number;
    code?: string;
    message?: string;
  };
  if (typeof type !== 'string' || !type.startsWith('Stripe')) throw error;
  const reason = `${code ?? type}: ${(message ?? '').slice(0, 200)}`;
  // Too many requests, a request of the same key under way, a key that is not accepted: none of it is about the payment.
  const definite = type === 'StripeInvalidRequestError' || type === 'StripeCardError';
  return definite && (statusCode === 400 || statusCode === 402 || statusCode === 404)
    ? { kind: 'no', code: code ?? '', reason }
    : { kind: 'unknown', reason };
}
