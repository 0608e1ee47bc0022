/** The bill that Alipay packs for a day: details and a summary, in GBK, each value with a tab behind. */
import { gbk, zip } from '../bill-archive.ts';
import type { Books, GatewayTrade } from '../books.ts';
import { beijing, yuan } from './wire.ts';

const headings =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';

export function billArchive(books: Books, date: string, sellerId: string): Buffer | undefined {
  const { trades, refunds } = books.day(date, 480);
  if (trades.length + refunds.length === 0) return undefined;
  const lines = [
    ...trades.map((trade) => line(trade, '交易', trade.paidMinor, '', trade.paidAt ?? 0)),
    ...refunds
      .filter(([, refund]) => refund.status === 'succeeded')
      .map(([trade, refund]) => line(trade, '退款', -refund.amountMinor, refund.refundNo, refund.createdAt)),
  ];
  const details = [
    '#支付宝业务明细查询',
    `#账号：[${sellerId}0156]`,
    `#起始日期：[${date} 00:00:00]   终止日期：[${date} 24:00:00]`,
    '#-----------------------------------------业务明细列表----------------------------------------',
    headings,
    ...lines,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${trades.length}笔`,
    `#导出时间：[${beijing(Date.now())}]`,
  ];
  const summary = ['#支付宝业务汇总查询', '门店编号,门店名称,交易订单总笔数', `合计,,${trades.length}`];
  const name = `${sellerId}0156_${date.replaceAll('-', '')}`;
  return zip([
    { name: gbk(`${name}_业务明细.csv`), data: gbk(`${details.join('\r\n')}\r\n`) },
    { name: gbk(`${name}_业务明细(汇总).csv`), data: gbk(`${summary.join('\r\n')}\r\n`) },
  ]);
}

function line(trade: GatewayTrade, type: string, amountMinor: number, refundNo: string, at: number): string {
  const cells: Record<string, string> = {
    支付宝交易号: trade.tradeNo,
    商户订单号: trade.outTradeNo,
    业务类型: type,
    商品名称: trade.subject.replaceAll(',', ' '),
    创建时间: beijing(trade.createdAt),
    完成时间: beijing(at),
    '订单金额（元）': yuan(amountMinor),
    '商家实收（元）': yuan(amountMinor),
    '退款批次号/请求号': refundNo,
    // Six in a thousand, and given back with a refund.
    '服务费（元）': yuan(-Math.round(amountMinor * 0.006)).replace('-0.00', '0.00'),
    '分润（元）': '0.00',
  };
  return headings
    .split(',')
    .map((heading) => `${cells[heading] ?? ''}\t`)
    .join(',');
}
