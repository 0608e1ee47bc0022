/** The bill that WeChat Pay makes for a day: each value behind a backtick, and two lines of sums at the end. */
import type { Books, GatewayRefund, GatewayTrade } from '../books.ts';
import { appid, mchid } from './parties.ts';
import { rfc3339 } from './wire.ts';

const headings =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';

const yuan = (minor: number): string => (minor / 100).toFixed(2);

export function billTable(books: Books, date: string): string | undefined {
  const { trades, refunds } = books.day(date, 480);
  if (trades.length + refunds.length === 0) return undefined;
  const lines = [
    ...trades.map((trade) => line(trade)),
    ...refunds.filter(([, refund]) => refund.status !== 'rejected').map(([trade, refund]) => line(trade, refund)),
  ];
  const sums = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
  const total = trades.reduce((sum, trade) => sum + trade.paidMinor, 0);
  const back = refunds.reduce((sum, [, refund]) => sum + refund.amountMinor, 0);
  const values = [lines.length, yuan(total), yuan(back), '0.00', '0.00', yuan(total), yuan(back)];
  return `\uFEFF${[headings, ...lines, sums, values.map((value) => `\`${value}`).join(',')].join('\r\n')}\r\n`;
}

function line(trade: GatewayTrade, refund?: GatewayRefund): string {
  const fee = Math.round((refund ? -refund.amountMinor : trade.paidMinor) * 0.006);
  const cells: Record<string, string> = {
    交易时间: rfc3339(refund?.createdAt ?? trade.paidAt ?? 0)
      .slice(0, 19)
      .replace('T', ' '),
    公众账号ID: appid,
    商户号: mchid,
    特约商户号: '0',
    微信订单号: trade.tradeNo,
    商户订单号: trade.outTradeNo,
    用户标识: 'oSimulatedPayer000000000000',
    交易类型: trade.extra.product ?? 'NATIVE',
    交易状态: refund ? 'REFUND' : 'SUCCESS',
    付款银行: 'OTHERS',
    货币种类: 'CNY',
    应结订单金额: refund ? '0.00' : yuan(trade.paidMinor),
    代金券金额: '0.00',
    微信退款单号: refund?.reference ?? '0',
    商户退款单号: refund?.refundNo ?? '0',
    退款金额: yuan(refund?.amountMinor ?? 0),
    充值券退款金额: '0.00',
    退款类型: refund ? 'ORIGINAL' : '',
    退款状态: refund ? { processing: 'PROCESSING', succeeded: 'SUCCESS', rejected: 'FAIL' }[refund.status] : '',
    商品名称: trade.subject.replaceAll(',', ' '),
    手续费: `${fee < 0 ? '-' : ''}${(Math.abs(fee) / 100).toFixed(5)}`,
    费率: '0.60%',
    订单金额: refund ? '0.00' : yuan(trade.paidMinor),
    申请退款金额: yuan(refund?.amountMinor ?? 0),
  };
  return headings
    .split(',')
    .map((heading) => `\`${cells[heading] ?? ''}`)
    .join(',');
}
