/** What a notice says, in both languages. Pure: the facts of an event -> a title and a line. No card and no secret gets in. */
import type { Language } from '../../../contract/common.ts';
import type { NoticeEventName } from '../../../contract/notices.ts';
import { moneyText } from '../money-text.ts';

type Detail = Readonly<Record<string, unknown>>;
interface EventTexts {
  title: string;
  line(detail: Detail, orderId: string | null): string;
}

const word = (value: unknown): string => (value === undefined || value === null ? '' : String(value).slice(0, 200));
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const joined = (...parts: string[]): string => parts.filter(Boolean).join(' · ');

function order(lang: Language, detail: Detail, orderId: string | null): string {
  const count = number(detail.count);
  const money = typeof detail.currency === 'string' ? moneyText(number(detail.totalMinor), detail.currency, lang) : '';
  if (count > 1) return joined(lang === 'zh' ? `${count} 笔订单` : `${count} orders`, money);
  return joined(word(orderId), money, word(detail.goods), word(detail.contact));
}

const stock = (detail: Detail): string => word(detail.name) || `SKU ${word(detail.skuId)}`;

const zh: Record<NoticeEventName, EventTexts> = {
  'order.paid': { title: '订单已付款', line: (detail, id) => order('zh', detail, id) },
  'order.delivered': { title: '订单已发货', line: (detail, id) => order('zh', detail, id) },
  'order.manual': { title: '有订单等待人工发货', line: (detail, id) => order('zh', detail, id) },
  'refund.done': {
    title: '退款成功',
    line: (it, id) => joined(word(id), moneyText(number(it.amountMinor), word(it.currency), 'zh')),
  },
  'review.opened': { title: '有新的待审核事项', line: (it, id) => joined(reviewZh(word(it.kind)), word(id)) },
  'stock.low': {
    title: '库存不足',
    line: (it) => `${stock(it)} 剩余 ${number(it.available)}（提醒线 ${number(it.threshold)}）`,
  },
  'stock.out': { title: '已售罄', line: (it) => `${stock(it)} 已售罄` },
  'stock.back': { title: '恢复供货', line: (it) => `${stock(it)} 现有 ${number(it.available)}` },
  'cards.imported': {
    title: '卡密导入完成',
    line: (it) =>
      `${stock(it)} 导入 ${number(it.imported)}，重复 ${number(it.duplicates)}，无效 ${number(it.rejected)}${it.status === 'interrupted' ? '（中断）' : ''}`,
  },
  'channel.blocked': { title: '支付渠道已暂停', line: (it) => joined(word(it.channel), word(it.by), word(it.reason)) },
  'channel.recovered': { title: '支付渠道已恢复', line: (it) => joined(word(it.channel), word(it.reason)) },
  'callbacks.failing': {
    title: '支付回调失败过多',
    line: (it) => `最近 ${number(it.total)} 次支付回调中有 ${number(it.failed)} 次没能处理`,
  },
  'callbacks.working': { title: '支付回调恢复正常', line: () => '支付回调恢复正常' },
  'degrade.entered': {
    title: '进入降级模式',
    line: (it) => joined(`订单先记录，稍后处理`, word(it.reason), word(it.instance)),
  },
  'degrade.left': {
    title: '降级模式结束',
    line: (it) => joined(`持续 ${Math.round(number(it.lastedMs) / 1000)} 秒`, word(it.reason), word(it.instance)),
  },
  'audit.failed': { title: '数据核对发现问题', line: (it, id) => joined(reviewZh(word(it.kind)), word(id)) },
  'outbox.stuck': { title: '消息发送受阻', line: (it) => `${number(it.count)} 条消息超过十分钟没有发出` },
  'outbox.flowing': { title: '消息发送恢复', line: () => '积压的消息已发出' },
  'backup.failed': { title: '备份失败', line: (it) => joined(word(it.what), word(it.reason)) },
  'owner.signed-in': { title: '后台登录', line: (it) => joined(word(it.login), word(it.address), word(it.device)) },
};

const en: Record<NoticeEventName, EventTexts> = {
  'order.paid': { title: 'Order paid', line: (detail, id) => order('en', detail, id) },
  'order.delivered': { title: 'Order delivered', line: (detail, id) => order('en', detail, id) },
  'order.manual': { title: 'An order waits for you to deliver it', line: (detail, id) => order('en', detail, id) },
  'refund.done': {
    title: 'Refund done',
    line: (it, id) => joined(word(id), moneyText(number(it.amountMinor), word(it.currency), 'en')),
  },
  'review.opened': {
    title: 'Something needs your decision',
    line: (it, id) => joined(word(it.kind).replaceAll('_', ' '), word(id)),
  },
  'stock.low': {
    title: 'Stock is low',
    line: (it) => `${stock(it)}: ${number(it.available)} left (warning at ${number(it.threshold)})`,
  },
  'stock.out': { title: 'Sold out', line: (it) => `${stock(it)} is sold out` },
  'stock.back': { title: 'Back in stock', line: (it) => `${stock(it)}: ${number(it.available)} for sale` },
  'cards.imported': {
    title: 'Card import finished',
    line: (it) =>
      `${stock(it)}: ${number(it.imported)} imported, ${number(it.duplicates)} duplicates, ${number(it.rejected)} rejected${it.status === 'interrupted' ? ' (interrupted)' : ''}`,
  },
  'channel.blocked': {
    title: 'Payment channel blocked',
    line: (it) => joined(word(it.channel), word(it.by), word(it.reason)),
  },
  'channel.recovered': { title: 'Payment channel is back', line: (it) => joined(word(it.channel), word(it.reason)) },
  'callbacks.failing': {
    title: 'Payment callbacks are failing',
    line: (it) => `${number(it.failed)} of the last ${number(it.total)} payment callbacks could not be taken in`,
  },
  'callbacks.working': { title: 'Payment callbacks work again', line: () => 'Payment callbacks work again' },
  'degrade.entered': {
    title: 'Degrade mode entered',
    line: (it) => joined('orders are recorded and placed later', word(it.reason), word(it.instance)),
  },
  'degrade.left': {
    title: 'Degrade mode is over',
    line: (it) => joined(`lasted ${Math.round(number(it.lastedMs) / 1000)} s`, word(it.reason), word(it.instance)),
  },
  'audit.failed': {
    title: 'A check of the data failed',
    line: (it, id) => joined(word(it.kind).replaceAll('_', ' '), word(id)),
  },
  'outbox.stuck': {
    title: 'Messages are stuck',
    line: (it) => `${number(it.count)} messages have waited for more than ten minutes`,
  },
  'outbox.flowing': { title: 'Messages flow again', line: () => 'What was waiting has been sent' },
  'backup.failed': { title: 'Backup failed', line: (it) => joined(word(it.what), word(it.reason)) },
  'owner.signed-in': {
    title: 'Somebody signed in',
    line: (it) => joined(word(it.login), word(it.address), word(it.device)),
  },
};

export const noticeTexts: Readonly<Record<Language, typeof zh>> = { zh, en };

const reviewNames: Readonly<Record<string, string>> = {
  amount_mismatch: '到账金额不符',
  out_of_stock: '已付款但无货',
  unknown_order: '到账的订单不存在',
  evidence_conflict: '支付凭证互相矛盾',
  refund_rejected: '渠道拒绝退款',
  journal_mismatch: '发卡日志与数据库不符',
  delivery_failed: '消息多次发送失败',
  intent_quarantined: '降级期间的记录无法处理',
  refund_by_hand: '需要人工退款',
  refunded_at_channel: '渠道侧发生退款',
  dispute: '买家发起争议',
  bill_channel_only: '账单多出一笔',
  bill_local_only: '账单缺少一笔',
  bill_amount: '账单金额不符',
  bill_status: '账单状态不符',
  stock_drift: '库存数量不符',
};
const reviewZh = (kind: string): string => reviewNames[kind] ?? kind;
