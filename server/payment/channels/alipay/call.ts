/** One call of Alipay's gateway: signed, sent, and its answer believed only when Alipay signed it. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { ChannelHttp } from '../../channel-http.ts';
import { chinaDateTime } from '../../wire/china-time.ts';
import { utf8, writeForm } from '../../wire/form-text.ts';
import { verifiesSha256 } from '../../wire/rsa.ts';
import type { AlipayKeys } from './settings.ts';
import { type AlipayTrust, alipayTrust } from './trust.ts';
import { type AlipayAnswer, readAnswer, signed } from './wire.ts';

export type CallResult =
  | { kind: 'done'; body: Record<string, unknown>; raw: string }
  /** Alipay says no: `code` is its `sub_code`. */
  | { kind: 'refused'; code: string; message: string }
  /** Whether anything was done is not known. */
  | { kind: 'unknown'; reason: string };

export interface AlipayClient {
  readonly trust: AlipayTrust;
  call(method: string, content: Record<string, unknown>, extra?: Record<string, string>): Promise<CallResult>;
  /** The address of a page, for the payer's browser. */
  pageUrl(method: string, content: Record<string, unknown>, extra: Record<string, string>): Promise<string>;
}

export interface ClientOptions {
  appId: string;
  gatewayUrl: string;
  keys: AlipayKeys;
  clock: Clock;
  http: ChannelHttp;
}

/** Sub codes after which nothing is known, or the same request may be tried again. */
const passing = /SYSTEM_ERROR|UNKNOW|^aop\.|TIMEOUT|call-limited|BUSY/i;

export function alipayClient({ appId, gatewayUrl, keys, clock, http }: ClientOptions): AlipayClient {
  const request = (method: string, parameters: Record<string, string>) =>
    signed(
      {
        app_id: appId,
        method,
        format: 'JSON',
        charset: 'utf-8',
        sign_type: 'RSA2',
        timestamp: chinaDateTime(clock.now()),
        version: '1.0',
        ...keys.certificateParameters,
        ...parameters,
      },
      keys.own,
    );
  const send = async (method: string, parameters: Record<string, string>) => {
    // What is about the system stands in the address, what is about the trade in the body.
    const { biz_content = '', ...system } = await request(method, parameters);
    const reply = await http.request({
      method: 'POST',
      url: `${gatewayUrl}?${writeForm(system)}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
        'alipay-request-id': randomUUID().replaceAll('-', ''),
      },
      body: writeForm({ biz_content }),
    });
    if (reply.status !== 200) return `HTTP ${reply.status}`;
    return readAnswer(utf8(reply.body) ?? '', method) ?? 'not an answer of Alipay';
  };
  const trust = alipayTrust(keys, clock, async (sn) => {
    const biz_content = JSON.stringify({ alipay_cert_sn: sn });
    const answer = await send('alipay.open.app.alipaycert.download', { biz_content }).catch(() => 'no answer');
    if (typeof answer === 'string' || typeof answer.body.alipay_cert_content !== 'string') return undefined;
    return Buffer.from(answer.body.alipay_cert_content, 'base64').toString('utf8');
  });
  return {
    trust,
    call: async (method, content, extra = {}) => {
      const answer = await send(method, { biz_content: JSON.stringify(content), ...extra });
      if (typeof answer === 'string') return { kind: 'unknown', reason: answer };
      const key = await trust.keyFor(answer.certificateSn);
      // Alipay leaves its own refusals of a request it could not authenticate unsigned: they prove nothing, and are told.
      if (!key || !verifiesSha256(answer.raw, answer.sign, key)) {
        return { kind: 'unknown', reason: `the answer is not signed by Alipay${refusal(answer)}` };
      }
      return judge(answer);
    },
    pageUrl: async (method, content, extra) =>
      `${gatewayUrl}?${writeForm(await request(method, { biz_content: JSON.stringify(content), ...extra }))}`,
  };
}

function judge({ body, raw }: AlipayAnswer): CallResult {
  if (body.code === '10000') return { kind: 'done', body, raw };
  const code = String(body.sub_code ?? body.code);
  const message = String(body.sub_msg ?? body.msg ?? '');
  if (body.code === '20000' || passing.test(code)) return { kind: 'unknown', reason: `${code} ${message}` };
  return { kind: 'refused', code, message };
}

function refusal({ body }: AlipayAnswer): string {
  return body.sub_code === undefined ? '' : ` (${String(body.sub_code)})`;
}
