/**
 * A robot of a DingTalk (钉钉) group. Signed: the address gets `timestamp` (milliseconds) and `sign`, the base64 of
 * HMAC-SHA256 over "timestamp\nsecret" with the secret as key. HTTP 200 and {errcode: 0} is success; 20 messages a minute,
 * and whoever sends more is silenced for ten (130101).
 */
import { createHmac } from 'node:crypto';
import { Type } from 'typebox';
import { optionalField, secretField, textField } from '../../../platform/setting-fields.ts';
import type { NotifierKind } from '../notifier.ts';
import { addressField, allowedAddress } from '../outgoing-address.ts';
import { plainText } from '../plain-text.ts';
import { judged, postJson } from '../post-json.ts';

const maxBytes = 6000;
const silenced = 130101;
const silencedWaitMs = 10 * 60_000;

export const dingtalk: NotifierKind = {
  kind: 'dingtalk',
  names: { zh: '钉钉群机器人', en: 'DingTalk group robot' },
  help: {
    zh: '在钉钉群里添加自定义机器人，安全设置选“加签”，复制 Webhook 地址和 SEC 开头的密钥。',
    en: 'Add a custom robot to a DingTalk group, choose signing under security, and copy its webhook address and the secret that begins with SEC.',
  },
  settings: Type.Object({
    address: addressField({
      label: { zh: 'Webhook 地址', en: 'Webhook address' },
      help: {
        zh: '形如 https://oapi.dingtalk.com/robot/send?access_token=…',
        en: 'Like https://oapi.dingtalk.com/robot/send?access_token=…',
      },
    }),
    secret: optionalField(secretField({ maxLength: 200, label: { zh: '加签密钥', en: 'Signing secret' } })),
    keyword: optionalField(
      textField({
        maxLength: 40,
        label: { zh: '自定义关键词', en: 'Keyword' },
        help: { zh: '安全设置选“自定义关键词”时填写其中一个', en: 'One of them, where the robot asks for keywords' },
      }),
    ),
  }),
  open({ address, secret, keyword }, { http, rule, clock }) {
    const base = allowedAddress('address', String(address), rule);
    return {
      async send(notice) {
        const content = withKeyword(plainText(notice, maxBytes), keyword);
        const url = secret === undefined ? base : signedAddress(base, String(secret), clock.now());
        const reply = await postJson(http, url, { msgtype: 'text', text: { content } });
        const { errcode } = reply.body;
        return judged(
          reply,
          reply.status === 200 && errcode === 0,
          errcode === silenced ? silencedWaitMs : reply.waitMs,
        );
      },
    };
  },
};

function signedAddress(address: string, secret: string, nowMs: number): string {
  const url = new URL(address);
  const sign = createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64');
  url.searchParams.set('timestamp', String(nowMs));
  url.searchParams.set('sign', sign);
  return url.href;
}

const withKeyword = (text: string, keyword: unknown): string =>
  typeof keyword === 'string' && !text.includes(keyword) ? `${text}\n${keyword}` : text;
