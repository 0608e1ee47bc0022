/** A program of the owner's own: a signed POST with the facts as JSON. Any 2xx is success; the answer's body is not read. */
import { Type } from 'typebox';
import { secretField } from '../../../platform/setting-fields.ts';
import { signedHeaders } from '../../../platform/webhook-signature.ts';
import type { NotifierKind } from '../notifier.ts';
import { addressField, allowedAddress } from '../outgoing-address.ts';
import { judged, postJson } from '../post-json.ts';

export const webhook: NotifierKind = {
  kind: 'webhook',
  names: { zh: '自定义 Webhook（带签名）', en: 'Signed webhook' },
  help: {
    zh: '把通知以 JSON 发到您自己的程序，用 HMAC-SHA256 签名。验签方法见文档 webhooks.md。',
    en: 'Sends notices as JSON to a program of your own, signed with HMAC-SHA256. webhooks.md shows how to verify them.',
  },
  settings: Type.Object({
    address: addressField({
      label: { zh: '接收地址', en: 'Address' },
      help: { zh: '必须是 https', en: 'Must be https' },
    }),
    secret: secretField({
      minLength: 16,
      maxLength: 200,
      label: { zh: '签名密钥', en: 'Signing secret' },
      help: { zh: '至少 16 个字符，两边填写相同的值', en: 'At least 16 characters, the same on both sides' },
    }),
  }),
  open({ address, secret }, { http, rule, clock }) {
    const url = allowedAddress('address', String(address), rule);
    return {
      async send(notice) {
        const { id, severity, lang, shop, title, lines, at } = notice;
        const body = JSON.stringify({
          id,
          severity,
          lang,
          shop,
          title,
          lines,
          url: notice.url,
          at,
          events: notice.facts,
        });
        const reply = await postJson(http, url, body, signedHeaders(String(secret), id, body, clock.now()));
        return judged(reply, reply.status >= 200 && reply.status < 300);
      },
    };
  },
};
