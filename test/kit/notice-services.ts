/**
 * The services that notices go to, on loopback: each as strict about its wire format and its signature as the real one, with
 * code of its own for both (WebCrypto, not what the shop signs with), and with its own words for yes and no.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  service: string;
  text: string;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
}

type Mood = 'well' | 'broken' | 'too-often' | 'says-no' | 'silent';

export interface NoticeServices {
  origin: string;
  received: Received[];
  /** What was refused, and why: empty when everything that came was right. */
  refused: string[];
  mood: Mood;
  /** Settings that lead a notifier of this kind here. */
  settingsOf(kind: string): Record<string, unknown>;
  close(): Promise<void>;
}

const secret = 'SEC-of-the-robot-0123';
const botToken = '123456:test-token';
const deviceKey = 'bark-device-key';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}
interface Asked {
  url: URL;
  text: string;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
}
interface Service {
  /** @returns the text it shows, or why it refuses */
  read(asked: Asked): Promise<{ text: string } | { refused: string; answer: Answer }>;
  yes: Answer;
  no: Answer;
  tooOften: Answer;
}

const bytes = (text: string) => new TextEncoder().encode(text);

async function hmac(key: string, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', bytes(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(text)));
}
const base64 = (data: Uint8Array) => btoa(String.fromCharCode(...data));
const hex = (data: Uint8Array) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const robotText = (body: Record<string, unknown>): string | undefined => {
  const { content } = (body.text ?? {}) as { content?: unknown };
  return body.msgtype === 'text' && typeof content === 'string' && content !== '' ? content : undefined;
};

const services: Record<string, Service> = {
  wecom: {
    async read({ url, body }) {
      const text = robotText(body);
      const invalid = (errcode: number, errmsg: string) => ({
        refused: errmsg,
        answer: { status: 200, body: { errcode, errmsg } },
      });
      if (url.searchParams.get('key') !== 'wecom-key') return invalid(93000, 'invalid webhook url');
      if (!text) return invalid(40008, 'invalid message type');
      return bytes(text).length > 2048 ? invalid(40058, 'content exceeds 2048 bytes') : { text };
    },
    yes: { status: 200, body: { errcode: 0, errmsg: 'ok' } },
    no: { status: 200, body: { errcode: 93000, errmsg: 'invalid webhook url' } },
    tooOften: { status: 200, body: { errcode: 45009, errmsg: 'api freq out of limit' } },
  },
  dingtalk: {
    async read({ url, body }) {
      const text = robotText(body);
      const refuse = (errmsg: string) => ({
        refused: errmsg,
        answer: { status: 200, body: { errcode: 310000, errmsg } },
      });
      if (url.searchParams.get('access_token') !== 'ding-token') return refuse('token is not exist');
      const timestamp = url.searchParams.get('timestamp') ?? '';
      if (!/^\d{13}$/.test(timestamp) || Math.abs(Date.now() - Number(timestamp)) > 3_600_000 * 24 * 400)
        return refuse('invalid timestamp');
      const right = base64(await hmac(secret, `${timestamp}\n${secret}`));
      if (url.searchParams.get('sign') !== right) return refuse('sign not match');
      return text ? { text } : refuse('param error');
    },
    yes: { status: 200, body: { errcode: 0, errmsg: 'ok' } },
    no: { status: 200, body: { errcode: 310000, errmsg: 'keywords not in content' } },
    tooOften: { status: 200, body: { errcode: 130101, errmsg: 'send too fast' } },
  },
  feishu: {
    async read({ body }) {
      const { timestamp, sign, msg_type: type, content } = body;
      const refuse = (code: number, msg: string) => ({
        refused: msg,
        answer: { status: 200, body: { code, msg, data: {} } },
      });
      if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp)) return refuse(19021, 'timestamp');
      if (sign !== base64(await hmac(`${timestamp}\n${secret}`, ''))) return refuse(19021, 'sign match fail');
      const { text } = (content ?? {}) as { text?: unknown };
      return type === 'text' && typeof text === 'string' ? { text } : refuse(9499, 'Bad Request');
    },
    yes: { status: 200, body: { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' } },
    no: { status: 200, body: { code: 19024, msg: 'Key Words Not Found' } },
    tooOften: { status: 200, body: { code: 11232, msg: 'frequency limited' } },
  },
  telegram: {
    async read({ url, body }) {
      const refuse = (code: number, description: string) => ({
        refused: description,
        answer: { status: code, body: { ok: false, error_code: code, description } },
      });
      if (url.pathname !== `/telegram/bot${botToken}/sendMessage`) return refuse(401, 'Unauthorized');
      const { chat_id: chat, text } = body;
      if (String(chat) !== '-100200') return refuse(400, 'Bad Request: chat not found');
      if (typeof text !== 'string' || text === '') return refuse(400, 'Bad Request: message text is empty');
      return text.length > 4096 ? refuse(400, 'Bad Request: message is too long') : { text };
    },
    yes: { status: 200, body: { ok: true, result: { message_id: 1 } } },
    no: { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was kicked' } },
    tooOften: {
      status: 429,
      body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 34 } },
    },
  },
  bark: {
    async read({ url, body, text: raw }) {
      const refuse = (message: string) => ({ refused: message, answer: { status: 400, body: { code: 400, message } } });
      if (url.pathname !== '/bark/push') return refuse('no such path');
      if (body.device_key !== deviceKey) return refuse('failed to get device token');
      if (!['critical', 'timeSensitive', 'active', 'passive'].includes(String(body.level))) return refuse('level');
      if (bytes(raw).length > 4096) return refuse('PayloadTooLarge');
      return { text: `${body.title}\n${body.body}` };
    },
    yes: { status: 200, body: { code: 200, message: 'success', timestamp: 1 } },
    no: { status: 400, body: { code: 400, message: 'failed to get device token' } },
    tooOften: { status: 429, body: { code: 429, message: 'slow down' }, headers: { 'retry-after': '20' } },
  },
  webhook: {
    async read({ text, headers, body }) {
      const refuse = (refused: string) => ({ refused, answer: { status: 401, body: { refused } } });
      const timestamp = String(headers['x-cardwell-timestamp']);
      if (!/^\d{10}$/.test(timestamp)) return refuse('no timestamp');
      const right = `sha256=${hex(await hmac(secret, `${timestamp}.${text}`))}`;
      if (headers['x-cardwell-signature'] !== right) return refuse('signature');
      if (!headers['x-cardwell-id'] || headers['x-cardwell-id'] !== body.id) return refuse('id');
      return { text: `${body.title}\n${(body.lines as string[]).join('\n')}` };
    },
    yes: { status: 204, body: undefined },
    no: { status: 422, body: { refused: 'not today' } },
    tooOften: { status: 429, body: {}, headers: { 'retry-after': '7' } },
  },
};

export const serviceKinds = Object.keys(services);

export async function startNoticeServices(): Promise<NoticeServices> {
  const server = createServer((request, response) => {
    void answer(kept, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kept: NoticeServices = {
    origin,
    received: [],
    refused: [],
    mood: 'well',
    settingsOf: (kind) => settings(origin, kind),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return kept;
}

function settings(origin: string, kind: string): Record<string, unknown> {
  switch (kind) {
    case 'wecom':
      return { address: `${origin}/wecom/cgi-bin/webhook/send?key=wecom-key` };
    case 'dingtalk':
      return { address: `${origin}/dingtalk/robot/send?access_token=ding-token`, secret };
    case 'feishu':
      return { address: `${origin}/feishu/open-apis/bot/v2/hook/abc`, secret };
    case 'telegram':
      return { apiBase: `${origin}/telegram`, token: botToken, chatId: '-100200' };
    case 'bark':
      return { server: `${origin}/bark`, deviceKey };
    case 'webhook':
      return { address: `${origin}/webhook/in`, secret };
    default:
      return {};
  }
}

async function answer(kept: NoticeServices, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', kept.origin);
  const name = url.pathname.split('/')[1] ?? '';
  const service = services[name];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const send = ({ status, body, headers }: Answer) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  if (kept.mood === 'silent') return;
  if (!service || request.method !== 'POST') return send({ status: 404, body: {} });
  if (kept.mood === 'broken') return send({ status: 502, body: 'bad gateway' });
  if (!/^application\/json/.test(String(request.headers['content-type']))) {
    kept.refused.push(`${name}: content type`);
    return send({ status: 415, body: {} });
  }
  const body = JSON.parse(text) as Record<string, unknown>;
  const read = await service.read({ url, text, body, headers: request.headers });
  if ('refused' in read) {
    kept.refused.push(`${name}: ${read.refused}`);
    return send(read.answer);
  }
  if (kept.mood === 'too-often') return send(service.tooOften);
  if (kept.mood === 'says-no') return send(service.no);
  kept.received.push({ service: name, text: read.text, body, headers: request.headers });
  send(service.yes);
}
