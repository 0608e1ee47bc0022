/**
 * A robot of a Feishu (飞书) or Lark group. Signed: the body carries `timestamp` (seconds) and `sign`, the base64 of
 * HMAC-SHA256 over nothing, with "timestamp\nsecret" as key. {code: 0} is success (older robots: {StatusCode: 0});
 * 11232 is "too often" (100 a minute, 5 a second).
 */
import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import { optionalField, secretField, textField } from '../../../platform/setting-fields.ts';
import type { NotifierKind } from '../notifier.ts';
import { addressField, allowedAddress } from '../outgoing-address.ts';
import { plainText } from '../plain-text.ts';
import { judged, postJson } from '../post-json.ts';

const maxBytes = 6000;
const tooOften = 11232;
const tooOftenWaitMs = 60_000;

export const feishu: NotifierKind = {
  kind: 'feishu',
  names: { zh: '飞书群机器人', en: 'Feishu / Lark group robot' },
  help: {
    zh: '在飞书群里添加自定义机器人，勾选“签名校验”，复制 Webhook 地址和密钥。',
    en: 'Add a custom bot to a Feishu or Lark group, tick signature verification, and copy its webhook address and secret.',
  },
  settings: Type.Object({
    address: addressField({
      label: { zh: 'Webhook 地址', en: 'Webhook address' },
      help: {
        zh: '形如 https://open.feishu.cn/open-apis/bot/v2/hook/…',
        en: 'Like https://open.feishu.cn/open-apis/bot/v2/hook/…',
      },
    }),
    secret: optionalField(secretField({ maxLength: 200, label: { zh: '签名密钥', en: 'Signing secret' } })),
    keyword: optionalField(
      textField({
        maxLength: 40,
        label: { zh: '自定义关键词', en: 'Keyword' },
        help: { zh: '安全设置选“自定义关键词”时填写其中一个', en: 'One of them, where the robot asks for keywords' },
      }),
    ),
  }),
  open({ address, secret, keyword }, { http, rule, clock }) {
    const url = allowedAddress('address', String(address), rule);
    return {
      async send(notice) {
        const plain = plainText(notice, maxBytes);
        const text = typeof keyword === 'string' && !plain.includes(keyword) ? `${plain}\n${keyword}` : plain;
        const message = { msg_type: 'text', content: { text } };
        const signed = secret === undefined ? message : { ...signature(String(secret), clock.now()), ...message };
        const reply = await postJson(http, url, signed);
        const code = reply.body.code ?? reply.body.StatusCode;
        return judged(reply, reply.status === 200 && code === 0, code === tooOften ? tooOftenWaitMs : reply.waitMs);
      },
    };
  },
};

function signature(secret: string, nowMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(nowMs / 1000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}
