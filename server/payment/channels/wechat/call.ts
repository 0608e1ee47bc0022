/** One request to WeChat Pay: signed, sent (to the second address when the first is silent), its answer believed when signed. */
import { type KeyObject, randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import { type ChannelHttp, ChannelHttpError, type ChannelHttpReply } from '../../channel-http.ts';
import { utf8 } from '../../wire/form-text.ts';
import { type PlatformKeys, platformKeys, readCertificates } from './platform-keys.ts';
import type { WechatSettings } from './settings.ts';
import { authorization, headVerifies, jsonObject, openResource, signedHead } from './wire.ts';

export type CallResult =
  | { kind: 'done'; body: Record<string, unknown>; raw: string }
  /** WeChat says no: `code` is its own word. */
  | { kind: 'refused'; code: string; message: string; status: number }
  /** Whether anything was done is not known. */
  | { kind: 'unknown'; reason: string };

export interface WechatClient {
  readonly keys: PlatformKeys;
  call(method: 'GET' | 'POST', path: string, body?: Record<string, unknown>): Promise<CallResult>;
  /** A file at an address that a signed answer named. The file itself is not signed; its hash was. */
  download(url: string): Promise<ChannelHttpReply>;
}

export interface ClientOptions {
  settings: WechatSettings;
  privateKey: KeyObject;
  clock: Clock;
  http: ChannelHttp;
}

const firstTimeoutMs = 5000;
const stayOnBackupMs = 60_000;
const largestBill = 256 << 20;

export function wechatClient({ settings, privateKey, clock, http }: ClientOptions): WechatClient {
  const { mchid, merchantSerial, apiV3Key, baseUrl, backupUrl } = settings;
  const signatory = { mchid, merchantSerial, privateKey };
  let backupUntil = Number.NEGATIVE_INFINITY;

  async function headers(method: string, path: string, body: string): Promise<Record<string, string>> {
    const nonce = randomBytes(16).toString('hex').toUpperCase();
    const timestampS = Math.floor(clock.now() / 1000);
    return {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'cardwell',
      authorization: await authorization(signatory, { method, path, body, nonce, timestampS }),
      ...(keys.askFor ? { 'wechatpay-serial': keys.askFor } : {}),
    };
  }
  async function send(method: 'GET' | 'POST', path: string, body: string): Promise<ChannelHttpReply> {
    const to = async (host: string, timeoutMs?: number) =>
      http.request({
        method,
        url: host + path,
        headers: await headers(method, path, body),
        body: body || undefined,
        timeoutMs,
      });
    if (backupUrl === baseUrl) return to(baseUrl);
    if (clock.monotonicMs() < backupUntil) return to(backupUrl);
    const reply = await to(baseUrl, firstTimeoutMs).catch((error: unknown) => {
      if (error instanceof ChannelHttpError) return undefined;
      throw error;
    });
    if (reply && reply.status < 500) return reply;
    backupUntil = clock.monotonicMs() + stayOnBackupMs;
    // The same request with the same numbers: whichever address did it, it is done once.
    return to(backupUrl);
  }
  /** Undefined when the answer is WeChat's; else what is wrong with it. */
  async function distrust(reply: ChannelHttpReply, keyFor: PlatformKeys['keyFor']): Promise<string | undefined> {
    const head = signedHead((name) => reply.headers.get(name), clock.now());
    if (typeof head === 'string') return head;
    const key = await keyFor(head.serial);
    if (!key) return 'it is signed with a key that is not known';
    return headVerifies(head, reply.body, key) ? undefined : 'its signature does not match';
  }
  const keys = platformKeys(settings, clock, async () => {
    const reply = await send('GET', '/v3/certificates', '').catch(() => undefined);
    if (reply?.status !== 200) return undefined;
    const body = jsonObject(utf8(reply.body));
    const found = readCertificates(body?.data, (resource) => openResource(resource, apiV3Key));
    // They were sealed with our key, so they are WeChat's; that the list is of today shows its signature.
    const wrong = await distrust(reply, async (serial) =>
      serial === keys.askFor ? keys.keyFor(serial) : found.get(serial.toUpperCase())?.publicKey,
    );
    return wrong === undefined ? found : undefined;
  });

  return {
    keys,
    call: async (method, path, body) => {
      const reply = await send(method, path, body ? JSON.stringify(body) : '');
      const raw = utf8(reply.body) ?? '';
      const said = jsonObject(raw) ?? {};
      if (reply.status >= 400) {
        const code = typeof said.code === 'string' ? said.code : `HTTP ${reply.status}`;
        const message = String(said.message ?? '');
        if (reply.status >= 500 || reply.status === 429) return { kind: 'unknown', reason: `${code} ${message}` };
        return { kind: 'refused', code, message, status: reply.status };
      }
      const wrong = await distrust(reply, keys.keyFor);
      if (wrong !== undefined) return { kind: 'unknown', reason: `the answer cannot be believed: ${wrong}` };
      return { kind: 'done', body: said, raw };
    },
    download: async (url) => {
      const { origin, pathname, search } = new URL(url);
      if (![baseUrl, backupUrl].some((host) => new URL(host).origin === origin)) {
        throw new ChannelHttpError('redirect', 'the bill lies at an address that is not WeChat Pay');
      }
      const signed = await headers('GET', pathname + search, '');
      return http.request({ method: 'GET', url, headers: signed, timeoutMs: 60_000, maxBytes: largestBill });
    },
  };
}
