/**
 * How channels reach their networks: one place for time-outs, size limits and the rule that a redirect is an error
 * (a signed request must not be sent on to another address).
 */
export interface ChannelHttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Default 8000. */
  timeoutMs?: number;
  /** Default 1 MiB; a bill may say more. */
  maxBytes?: number;
}

export interface ChannelHttpReply {
  status: number;
  headers: Headers;
  body: Buffer;
}

export interface ChannelHttp {
  /** Any status is a reply; throws ChannelHttpError when there is none. */
  request(request: ChannelHttpRequest): Promise<ChannelHttpReply>;
}

/** No usable answer: nothing is known about what the other side did. */
export class ChannelHttpError extends Error {
  override readonly name = 'ChannelHttpError';
  readonly reason: 'timeout' | 'connection' | 'redirect' | 'too-large';
  constructor(reason: ChannelHttpError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

const defaultTimeoutMs = 8000;
const defaultMaxBytes = 1 << 20;

export const channelHttp: ChannelHttp = { request: sendRequest };

async function sendRequest(request: ChannelHttpRequest): Promise<ChannelHttpReply> {
  const { method, url, headers, body } = request;
  const signal = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
  // Addresses may carry signatures; messages name the host alone.
  const host = new URL(url).host;
  try {
    const payload = typeof body === 'string' ? body : body && new Uint8Array(body);
    const response = await fetch(url, { method, headers, body: payload, redirect: 'manual', signal });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new ChannelHttpError('redirect', `${host} answered with a redirect (${response.status})`);
    }
    return {
      status: response.status,
      headers: response.headers,
      body: await readAtMost(response, request.maxBytes ?? defaultMaxBytes, host),
    };
  } catch (error) {
    if (error instanceof ChannelHttpError) throw error;
    if (signal.aborted) throw new ChannelHttpError('timeout', `${host} did not answer in time`);
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
    throw new ChannelHttpError('connection', `${host} cannot be reached (${cause})`);
  }
}

async function readAtMost(response: Response, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new ChannelHttpError('too-large', `${host} sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
