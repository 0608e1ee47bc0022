/** The bill of a day of settlement: columns of fixed width in a ZM file, zipped, deflated, in base64. */
import { deflateSync } from 'node:zlib';
import { zip } from '../bill-archive.ts';
import type { Books, GatewayRefund, GatewayTrade } from '../books.ts';
import { merId } from './parties.ts';
import { compact } from './wire.ts';

export function billFile(books: Books, date: string): { name: string; content: string } | undefined {
  const { trades, refunds } = books.day(date, 540);
  if (trades.length + refunds.length === 0) return undefined;
  const lines = [
    ...trades.map((trade) => line(trade)),
    ...refunds.filter(([, refund]) => refund.status === 'succeeded').map(([trade, refund]) => line(trade, refund)),
  ];
  const day = date.slice(2).replaceAll('-', '');
  const archive = zip([
    { name: Buffer.from(`INN${day}88ZM_${merId}`), data: Buffer.from(lines.map((text) => `${text}\r\n`).join('')) },
    { name: Buffer.from(`INN${day}88ZME_${merId}`), data: Buffer.from('') },
  ]);
  return { name: `${merId}_${date.replaceAll('-', '')}.zip`, content: deflateSync(archive).toString('base64') };
}

function line(trade: GatewayTrade, refund?: GatewayRefund): string {
  const amount = refund?.amountMinor ?? trade.paidMinor;
  const fee = Math.round(amount * 0.006);
  const number = (value: number, width: number) => String(value).padStart(width, '0');
  const cells: [string, number][] = [
    [refund ? 'S30' : 'S22', 3],
    ['48020000', 11],
    ['00049992', 11],
    [trade.tradeNo.slice(-6), 6],
    [compact(refund?.createdAt ?? trade.paidAt ?? 0).slice(4), 10],
    ['622848******0000', 19],
    [number(amount, 12), 12],
    ['5816', 4],
    ['07', 2],
    [refund?.reference ?? trade.tradeNo, 21],
    ['', 2],
    [refund?.refundNo ?? trade.outTradeNo, 32],
    ['01', 2],
    ['', 6],
    ['', 10],
    [`${refund ? 'C' : 'D'}${number(fee, 12)}`, 13],
    [`${refund ? 'D' : 'C'}${number(amount - fee, 12)}`, 13],
    ['0001', 4],
    ['', 15],
    [refund ? '04' : '01', 2],
    [refund ? '00' : '01', 2],
    ['000201', 6],
    ['01', 2],
    ['', 4],
    ['', 32],
    ['0', 1],
    [refund ? trade.tradeNo : '', 21],
    [merId, 15],
  ];
  return cells.map(([value, width]) => value.padEnd(width).slice(0, width)).join(' ');
}
