/** Alipay (支付宝): QR code, page and phone page, in key mode and in certificate mode. */
import type {
  Attempt,
  AttemptRef,
  Channel,
  CloseResult,
  CreateResult,
  ProbeResult,
  QueryResult,
  VerifiedPayment,
} from '../../channel.ts';
import type { ChannelKind, ChannelParts } from '../../channel-kind.ts';
import { decimalAmount, minorAmount } from '../../decimal-amount.ts';
import { chinaDateTime, fromChinaTime } from '../../wire/china-time.ts';
import { fetchBill } from './bill.ts';
import { type AlipayClient, alipayClient } from './call.ts';
import { verifyNotify } from './notify.ts';
import { queryRefund, refund } from './refund.ts';
import { type AlipaySettings, alipayKeys, alipaySettings } from './settings.ts';

export const alipay: ChannelKind = {
  kind: 'alipay',
  names: { zh: '支付宝', en: 'Alipay' },
  help: {
    zh: '官方直连。在支付宝开放平台创建网页应用，签约“电脑网站支付”“手机网站支付”或“当面付”，把 AppID 和密钥填在这里。',
    en: 'Directly with Alipay. Make an app in the open platform, sign up for page, phone or face-to-face payment, and enter its id and keys.',
  },
  settings: alipaySettings,
  open: (settings, parts) => openAlipay(settings as AlipaySettings, parts),
};

interface Parts {
  settings: AlipaySettings;
  parts: ChannelParts;
  client: AlipayClient;
}

function openAlipay(settings: AlipaySettings, parts: ChannelParts): Channel {
  const { appId, gatewayUrl, sellerId } = settings;
  const { clock, http, code } = parts;
  const client = alipayClient({ appId, gatewayUrl, keys: alipayKeys(settings), clock, http });
  const all = { settings, parts, client };
  const says = (body: string) => ({ status: 200, contentType: 'text/plain; charset=utf-8', body });
  return {
    code,
    kind: 'alipay',
    name: parts.name ?? alipay.names,
    currencies: ['CNY'],
    sandbox: false,
    merchant: appId,
    lateMs: 5 * 60_000,
    acknowledge: { success: says('success'), failure: says('fail') },
    create: (attempt) => create(attempt, all),
    verify: (request) => verifyNotify(request, { code, appId, sellerId, trust: client.trust }),
    query: (attempt) => query(attempt, all),
    close: (attempt) => close(attempt, all),
    refund: (order) => refund(client, order),
    queryRefund: (order) => queryRefund(client, order),
    bill: {
      dayOffsetMinutes: 480,
      readyAfterMs: 10 * 3_600_000,
      fetch: (date) => fetchBill(date, { client, http, nowMs: clock.now() }),
    },
    probe: () => probe(client),
  };
}

async function create(attempt: Attempt, { settings, parts, client }: Parts): Promise<CreateResult> {
  const phone = attempt.device !== 'pc';
  const product = settings.product === 'auto' ? (phone ? 'wap' : 'qr') : settings.product;
  const content = {
    out_trade_no: attempt.outTradeNo,
    total_amount: decimalAmount(attempt.amountMinor, 'CNY'),
    subject: plainSubject(attempt.subject),
    // Without it a code lives for two hours, and a page for weeks.
    time_expire: chinaDateTime(attempt.expiresAt),
  };
  const notify_url = parts.notifyUrl;
  if (product === 'qr') {
    const answer = await client.call('alipay.trade.precreate', content, { notify_url });
    if (answer.kind === 'unknown') return { kind: 'unavailable', reason: answer.reason };
    if (answer.kind === 'refused') {
      const reason = `${answer.code} ${answer.message}`;
      // `isv.`: the app, its keys or its contract are not right. No payment will work until somebody mends that.
      return { kind: answer.code.startsWith('isv.') ? 'unavailable' : 'refused', reason };
    }
    const code = answer.body.qr_code;
    if (typeof code !== 'string') return { kind: 'unavailable', reason: 'an answer without a code' };
    return { kind: 'created', action: { type: 'qr', content: code, ...(phone ? { url: code } : {}) } };
  }
  const return_url = parts.returnUrl(attempt.outTradeNo);
  const [method, product_code, more] =
    product === 'page'
      ? (['alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY', {}] as const)
      : (['alipay.trade.wap.pay', 'QUICK_WAP_WAY', { quit_url: return_url }] as const);
  const url = await client.pageUrl(method, { ...content, product_code, ...more }, { notify_url, return_url });
  return { kind: 'created', action: { type: 'redirect', url } };
}

/** Alipay refuses subjects with certain signs, and ones that are too long. */
function plainSubject(subject: string): string {
  return (
    subject
      .replace(/[/=&<>"'\\]/g, ' ')
      .trim()
      .slice(0, 120) || '-'
  );
}

async function query(attempt: AttemptRef, { settings, parts, client }: Parts): Promise<QueryResult> {
  const { outTradeNo } = attempt;
  const answer = await client.call('alipay.trade.query', { out_trade_no: outTradeNo });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    // Said of a code that nobody has scanned yet: it can still be paid.
    if (answer.code === 'ACQ.TRADE_NOT_EXIST') return { kind: 'not-found' };
    return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
  }
  const { trade_no: tradeNo, trade_status: status, total_amount: total, send_pay_date: paidAt } = answer.body;
  if (answer.body.out_trade_no !== outTradeNo) return { kind: 'unknown', reason: 'the answer is about another trade' };
  if (status === 'WAIT_BUYER_PAY') return { kind: 'unpaid' };
  // A trade that was paid and wholly refunded is closed too; only a paid one has a time of payment.
  if (status === 'TRADE_CLOSED' && !paidAt) return { kind: 'closed' };
  const amountMinor = minorAmount(total, 'CNY');
  if (typeof tradeNo !== 'string' || tradeNo === '' || amountMinor === undefined) {
    return { kind: 'unknown', reason: 'an answer without number or amount' };
  }
  const payment: VerifiedPayment = {
    channel: parts.code,
    tradeNo,
    outTradeNo,
    amountMinor,
    currency: 'CNY',
    merchant: settings.appId,
    paidAt: fromChinaTime(paidAt),
    source: 'query',
    raw: answer.raw,
  };
  if (status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED') return { kind: 'paid', payment };
  if (status === 'TRADE_CLOSED') return { kind: 'refunded', payment, refundedMinor: amountMinor };
  return { kind: 'unknown', reason: `trade_status ${String(status)}` };
}

async function close(attempt: AttemptRef, all: Parts): Promise<CloseResult> {
  const answer = await all.client.call('alipay.trade.close', { out_trade_no: attempt.outTradeNo });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'done') return { kind: 'closed' };
  if (answer.code === 'ACQ.TRADE_NOT_EXIST') return { kind: 'not-found' };
  // "Its status does not allow that": paid, or closed before.
  const after = await query(attempt, all);
  if (after.kind === 'closed') return { kind: 'closed' };
  if (after.kind === 'paid' || after.kind === 'refunded') return { kind: 'paid' };
  return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
}

/** Asks about a trade that never was: only a signed "does not exist" shows that address, app and all keys are right. */
async function probe(client: AlipayClient): Promise<ProbeResult> {
  const answer = await client.call('alipay.trade.query', { out_trade_no: 'CARDWELLPROBE' });
  if (answer.kind === 'refused' && answer.code === 'ACQ.TRADE_NOT_EXIST') return { kind: 'healthy' };
  const reason = answer.kind === 'refused' ? `${answer.code} ${answer.message}` : '';
  return { kind: 'failing', reason: answer.kind === 'unknown' ? answer.reason : reason || 'an answer that cannot be' };
}
