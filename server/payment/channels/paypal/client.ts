/** Requests to PayPal: JSON with an access token that is fetched when needed and kept for its life. */
import type { Clock } from '../../../platform/clock.ts';
import { type ChannelHttp, ChannelHttpError } from '../../channel-http.ts';
import { asObject, jsonObject } from '../../wire/json-object.ts';

export interface PaypalAnswer {
  status: number;
  body: Record<string, unknown>;
  /** What PayPal calls its refusal, for example ORDER_NOT_APPROVED. */
  issue: string;
}

export interface PaypalClient {
  /** The answer, or why there is none. @param requestId the same request under the same id is done once */
  send(
    method: 'GET' | 'POST',
    path: string,
    options?: { body?: object; requestId?: string },
  ): Promise<PaypalAnswer | string>;
  /** Fetches a fresh token, which shows that address and keys are right. @returns why it cannot be had */
  signIn(): Promise<string | undefined>;
}

interface Token {
  text: string;
  until: number;
}

interface Options {
  api: string;
  clientId: string;
  clientSecret: string;
  http: ChannelHttp;
  clock: Clock;
}

/** A token is given up a little before its end. */
const marginMs = 60_000;

export function paypalClient(options: Options): PaypalClient {
  const { api, http, clock } = options;
  let current: Promise<Token | string> | undefined;

  async function token(): Promise<Token | string> {
    const kept = await current;
    if (typeof kept === 'object' && clock.now() < kept.until) return kept;
    // Whoever comes while one is being fetched waits for the same.
    const fresh = fetchToken(options);
    current = fresh;
    return fresh;
  }

  async function once(
    method: 'GET' | 'POST',
    path: string,
    { body, requestId }: { body?: object; requestId?: string },
  ) {
    const access = await token();
    if (typeof access === 'string') return access;
    const headers: Record<string, string> = {
      authorization: `Bearer ${access.text}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
    };
    if (requestId) headers['paypal-request-id'] = requestId;
    const payload = method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) };
    return answerOf(http.request({ method, url: api + path, headers, ...payload }));
  }

  return {
    async send(method, path, given = {}) {
      const first = await once(method, path, given);
      if (typeof first === 'string' || first.status !== 401) return first;
      // Tokens can end before their time.
      current = undefined;
      return once(method, path, given);
    },
    async signIn() {
      current = fetchToken(options);
      const fresh = await current;
      return typeof fresh === 'string' ? fresh : undefined;
    },
  };
}

async function fetchToken({ api, clientId, clientSecret, http, clock }: Options): Promise<Token | string> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const askedAt = clock.now();
  const answer = await answerOf(
    http.request({ method: 'POST', url: `${api}/v1/oauth2/token`, headers, body: 'grant_type=client_credentials' }),
  );
  if (typeof answer === 'string') return answer;
  const { access_token: text, expires_in: lifeS } = answer.body;
  if (answer.status !== 200 || typeof text !== 'string' || typeof lifeS !== 'number') {
    return `PayPal does not sign us in (HTTP status ${answer.status})`;
  }
  return { text, until: askedAt + lifeS * 1000 - marginMs };
}

async function answerOf(asked: Promise<{ status: number; body: Buffer }>): Promise<PaypalAnswer | string> {
  try {
    const { status, body: bytes } = await asked;
    const body = bytes.length === 0 ? {} : jsonObject(bytes);
    if (!body || status >= 500) return `HTTP status ${status}`;
    const details = Array.isArray(body.details) ? body.details : [];
    const issue = asObject(details[0])?.issue ?? body.name ?? '';
    return { status, body, issue: String(issue).slice(0, 100) };
  } catch (error) {
    if (error instanceof ChannelHttpError) return error.message;
    throw error;
  }
}
