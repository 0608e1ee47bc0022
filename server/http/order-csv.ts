/** Orders -> lines of a CSV file. Amounts are in the currency's own unit, times in UTC. */
import type { Language } from '../../contract/common.ts';
import type { Order } from '../order/order.ts';
import { type Cell, csvLine, csvStart } from '../platform/csv.ts';
import { major, utcText } from './major-units.ts';

const headings: Record<Language, readonly string[]> = {
  zh: [
    '订单号',
    '状态',
    '下单时间 (UTC)',
    '联系方式',
    '商品',
    '件数',
    '币种',
    '应付',
    '优惠',
    '实收',
    '已退',
    '付款时间 (UTC)',
    '发货时间 (UTC)',
  ],
  en: [
    'Order',
    'Status',
    'Placed (UTC)',
    'Contact',
    'Goods',
    'Pieces',
    'Currency',
    'To pay',
    'Discount',
    'Received',
    'Given back',
    'Paid (UTC)',
    'Delivered (UTC)',
  ],
};

export async function* orderCsv(pages: AsyncIterable<readonly Order[]>, language: Language): AsyncGenerator<string> {
  yield csvStart + csvLine(headings[language]);
  for await (const page of pages) yield page.map((order) => csvLine(cellsOf(order))).join('');
}

function cellsOf(order: Order): Cell[] {
  const money = (minor: number) => major(minor, order.currency);
  return [
    order.id,
    order.status,
    utcText(order.createdAt),
    order.contact,
    order.lines.map((line) => `${line.productName} ${line.skuName} × ${line.quantity}`).join('; '),
    order.lines.reduce((sum, line) => sum + line.quantity, 0),
    order.currency,
    money(order.totalMinor),
    money(order.discountMinor),
    money(order.receivedMinor),
    money(order.refundedMinor),
    utcText(order.paidAt),
    utcText(order.deliveredAt),
  ];
}
