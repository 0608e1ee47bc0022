/** A Telegram bot: POST /bot<token>/sendMessage, answered with {ok: true}, or {ok: false, description, parameters: {retry_after}}. */
import { Type } from 'typebox';
import { secretField, textField, urlField } from '../../../platform/setting-fields.ts';
import type { NotifierKind } from '../notifier.ts';
import { allowedAddress } from '../outgoing-address.ts';
import { plainText } from '../plain-text.ts';
import { judged, postJson } from '../post-json.ts';

/** 4096 characters are allowed; counted as bytes no character is in doubt. */
const maxBytes = 4000;

export const telegram: NotifierKind = {
  kind: 'telegram',
  names: { zh: 'Telegram 机器人', en: 'Telegram bot' },
  help: {
    zh: '向 @BotFather 申请机器人得到令牌，把机器人拉进群或先给它发一条消息，再填写会话编号。',
    en: '@BotFather gives you a bot and its token. Add the bot to a group, or write to it first, then fill in the chat id.',
  },
  settings: Type.Object({
    token: secretField({
      maxLength: 200,
      pattern: '^\\d+:[\\w-]+$',
      label: { zh: '机器人令牌', en: 'Bot token' },
    }),
    chatId: textField({
      maxLength: 80,
      pattern: '^(-?\\d+|@\\w+)$',
      label: { zh: '会话编号', en: 'Chat id' },
      help: {
        zh: '个人或群的数字编号（群为负数），或公开频道的 @名称',
        en: 'A number (negative for groups), or @name of a channel',
      },
    }),
    apiBase: urlField({
      default: 'https://api.telegram.org',
      label: { zh: '接口地址', en: 'API address' },
      help: {
        zh: '服务器不能直接访问 Telegram 时填写自建的转发地址',
        en: 'Your own relay, where the server cannot reach Telegram',
      },
    }),
  }),
  open({ token, chatId, apiBase }, { http, rule }) {
    const url = `${allowedAddress('apiBase', String(apiBase), rule)}/bot${String(token)}/sendMessage`;
    return {
      async send(notice) {
        const reply = await postJson(http, url, {
          chat_id: chatId,
          text: plainText(notice, maxBytes),
          link_preview_options: { is_disabled: true },
          disable_notification: notice.severity === 'info',
        });
        const { retry_after: after } = (reply.body.parameters ?? {}) as { retry_after?: number };
        return judged(reply, reply.body.ok === true, typeof after === 'number' ? after * 1000 : reply.waitMs);
      },
    };
  },
};
