/**
 * A robot of a WeCom (企业微信) group: text of at most 2048 bytes, 20 messages a minute, answered with HTTP 200 and
 * {errcode: 0}; 45009 is "too often".
 */
import { Type } from 'typebox';
import type { NotifierKind } from '../notifier.ts';
import { addressField, allowedAddress } from '../outgoing-address.ts';
import { plainText } from '../plain-text.ts';
import { judged, postJson } from '../post-json.ts';

const maxBytes = 2048;
const tooOften = 45009;
const tooOftenWaitMs = 60_000;

export const wecom: NotifierKind = {
  kind: 'wecom',
  names: { zh: '企业微信群机器人', en: 'WeCom group robot' },
  help: {
    zh: '在企业微信群里添加群机器人，复制它的 Webhook 地址。',
    en: 'Add a robot to a WeCom group and copy its webhook address.',
  },
  settings: Type.Object({
    address: addressField({
      label: { zh: 'Webhook 地址', en: 'Webhook address' },
      help: {
        zh: '形如 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
        en: 'Like https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…',
      },
    }),
  }),
  open({ address }, { http, rule }) {
    const url = allowedAddress('address', String(address), rule);
    return {
      async send(notice) {
        const content = plainText(notice, maxBytes);
        const reply = await postJson(http, url, { msgtype: 'text', text: { content } });
        const { errcode } = reply.body;
        return judged(
          reply,
          reply.status === 200 && errcode === 0,
          errcode === tooOften ? tooOftenWaitMs : reply.waitMs,
        );
      },
    };
  },
};
