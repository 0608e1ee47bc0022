/** The few words of the form for sold-out variants; beside it, so that the first load does not carry them. */
import type { Language } from '../../../contract/common.ts';

export const restockTexts: Readonly<Record<Language, Record<'label' | 'hint' | 'wrong' | 'ask' | 'done', string>>> = {
  zh: {
    label: '到货通知',
    hint: '留下邮箱，到货后给您发一封邮件，仅此一封。',
    wrong: '请填写正确的邮箱地址。',
    ask: '到货告诉我',
    done: '好的，到货后会发邮件告诉您。',
  },
  en: {
    label: 'Tell me when it is back',
    hint: 'Leave your mail address. You will get one mail, and only one.',
    wrong: 'Please enter a mail address.',
    ask: 'Tell me',
    done: 'All right: a mail will tell you when it is back.',
  },
};
