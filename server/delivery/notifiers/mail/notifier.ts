/** Mail to the shop's own people, over the shop's mail server. */
import { Type } from 'typebox';
import { sha256 } from '../../../platform/ids.ts';
import { SettingError, textField } from '../../../platform/setting-fields.ts';
import { escaped, mailPage, oneLine } from '../../mail-page.ts';
import type { Notice, NotifierKind } from '../notifier.ts';

const mostPeople = 5;
const address = /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}\.[^\s@<>",;.]{2,}$/;

export const mailNotifier: NotifierKind = {
  kind: 'mail',
  names: { zh: '邮件', en: 'Mail' },
  help: {
    zh: '通过商店的邮件服务器发送，需要设置 SMTP_URL。',
    en: 'Goes out through the mail server of the shop; SMTP_URL must be set.',
  },
  settings: Type.Object({
    to: textField({
      maxLength: 500,
      label: { zh: '收件人', en: 'To' },
      help: { zh: '最多五个邮箱，用逗号隔开', en: 'Up to five addresses, separated by commas' },
    }),
  }),
  open({ to }, { mailer }) {
    const people = String(to)
      .split(/[,;\s]+/)
      .filter(Boolean);
    if (people.length === 0 || people.length > mostPeople) throw new SettingError('to', 'one to five mail addresses');
    const wrong = people.find((one) => !address.test(one));
    if (wrong !== undefined) throw new SettingError('to', 'one of them is no mail address');
    return {
      async send(notice) {
        if (!mailer) return { kind: 'failed', reason: 'no mail server is set up (SMTP_URL)' };
        for (const one of people)
          await mailer.send({ to: one, messageId: messageId(notice, one), ...contentOf(notice) });
        return { kind: 'sent', answer: `taken by the mail server for ${people.length}` };
      },
    };
  },
};

function messageId({ id, url }: Notice, to: string): string {
  return `<${sha256(`${id} ${to}`)}@${new URL(url).hostname}>`;
}

function contentOf({ shop, title, lines, url, lang }: Notice): { subject: string; text: string; html: string } {
  const open = lang === 'zh' ? '打开管理后台' : 'Open the console';
  return {
    subject: oneLine(`【${shop}】${title}`),
    text: [title, lines.join('\n'), url].join('\n\n'),
    html: mailPage(lang, [
      `<h1 style="font-size:18px;margin:0 0 16px">${escaped(title)}</h1>`,
      `<p>${lines.map(escaped).join('<br>')}</p>`,
      `<p><a href="${escaped(url)}">${open}</a></p>`,
    ]),
  };
}
