/**
 * Transfer by hand: the shop shows where to send the money and what to write on it; a person who has seen it arrive says so
 * (confirm-transfer.ts). No network is behind it, so nobody calls, and asking finds out nothing.
 */
import type { PaymentAction } from '../../../../contract/shop.ts';
import type { Attempt, Channel } from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { decimalAmount } from '../../decimal-amount.ts';
import { type ManualSettings, manualSettings } from './settings.ts';
import { transferCode } from './transfer-code.ts';

const answer = { status: 400, contentType: 'text/plain; charset=utf-8', body: 'fail' };

export const manualKind: ChannelKind = {
  kind: 'manual',
  names: { zh: '人工转账', en: 'Transfer by hand' },
  help: {
    zh: '买家按说明自行转账并填写备注码，您在后台确认收款后发货。不需要任何接口。',
    en: 'Buyers send the money themselves with a code on it; you confirm its arrival and the goods go out. Needs no interface.',
  },
  settings: manualSettings,
  open: (settings, parts) => manualChannel(settings as ManualSettings, parts),
};

const texts = {
  zh: { amount: '金额', code: '备注码', bank: '银行或平台', holder: '收款人', account: '账号' },
  en: {
    amount: 'Amount',
    code: 'Write this on it',
    bank: 'Bank or wallet',
    holder: 'Account holder',
    account: 'Account',
  },
} as const;

function manualChannel(settings: ManualSettings, parts: ChannelParts): Channel {
  const prepare = (attempt: Attempt): PaymentAction => instructions(settings, attempt);
  return {
    code: parts.code,
    kind: manualKind.kind,
    name: parts.name ?? manualKind.names,
    currencies: settings.currencies.split(','),
    sandbox: false,
    merchant: parts.code,
    lateMs: settings.waitMinutes * 60_000,
    acknowledge: { success: answer, failure: answer },
    prepare,
    create: async (attempt) => ({ kind: 'created', action: prepare(attempt) }),
    verify: () => ({ kind: 'rejected', reason: 'nobody calls back about transfers by hand' }),
    query: async () => ({ kind: 'unpaid' }),
    close: async () => ({ kind: 'not-supported' }),
    refund: async () => ({ kind: 'by-hand', reason: 'the money is sent back the way it came, by a person' }),
    probe: async () => ({ kind: 'healthy' }),
  };
}

function instructions(settings: ManualSettings, attempt: Attempt): PaymentAction {
  const lang = attempt.lang === 'en' ? 'en' : 'zh';
  const text = texts[lang];
  const lines: { label: string; value: string }[] = [
    { label: text.amount, value: `${decimalAmount(attempt.amountMinor, attempt.currency)} ${attempt.currency}` },
    { label: text.code, value: transferCode(attempt.outTradeNo) },
  ];
  for (const name of ['bank', 'holder', 'account'] as const) {
    const value = settings[name];
    if (value) lines.push({ label: text[name], value });
  }
  const says = lang === 'en' ? (settings.instructionsEn ?? settings.instructions) : settings.instructions;
  return { type: 'transfer', text: says, lines, ...(settings.qr ? { qr: settings.qr } : {}) };
}
