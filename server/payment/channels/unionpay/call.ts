/** One request to UnionPay: signed, sent, and its answer believed only when UnionPay signed it. */
import type { Clock } from '../../../platform/clock.ts';
import type { ChannelHttp } from '../../channel-http.ts';
import { utf8, writeForm } from '../../wire/form-text.ts';
import type { UnionpayKeys, UnionpaySettings } from './settings.ts';
import { type Fields, readAnswer, signed, type Trust, whatIsWrong } from './wire.ts';

export interface UnionpayClient {
  readonly trust: Trust;
  /** The fields of a request with what every request has, signed. */
  request(fields: Fields): Promise<Fields>;
  /** Sends them; a string says why there is no answer to believe. */
  send(url: string, fields: Fields, maxBytes?: number): Promise<Fields | string>;
}

export interface ClientOptions {
  settings: UnionpaySettings;
  keys: UnionpayKeys;
  clock: Clock;
  http: ChannelHttp;
}

export function unionpayClient({ settings, keys, clock, http }: ClientOptions): UnionpayClient {
  const { merId, certificateName } = settings;
  const trust: Trust = { merId, certificateName, roots: keys.roots, between: keys.between, proved: new Map() };
  const request = (fields: Fields) =>
    signed(
      { version: '5.1.0', encoding: 'UTF-8', certId: keys.certId, signMethod: '01', accessType: '0', merId, ...fields },
      keys.own,
    );
  return {
    trust,
    request,
    send: async (url, fields, maxBytes) => {
      const reply = await http.request({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
        body: writeForm(await request(fields)),
        ...(maxBytes ? { maxBytes, timeoutMs: 60_000 } : {}),
      });
      if (reply.status !== 200) return `HTTP ${reply.status}`;
      const answer = readAnswer(utf8(reply.body) ?? '=');
      if (!answer) return 'the answer cannot be read';
      const wrong = whatIsWrong(answer, trust, clock.now());
      return wrong === undefined ? answer : `the answer cannot be believed: ${wrong}${told(answer)}`;
    },
  };
}

/** UnionPay leaves a refusal of what it could not authenticate unsigned: it proves nothing, and is told. */
function told({ respCode, respMsg }: Fields): string {
  return respCode ? ` (${respCode} ${respMsg ?? ''})` : '';
}
