/**
 * UnionPay's bill of a day of settlement: a zip archive, deflated and in base64 inside an answer. The file that counts (ZM)
 * has columns of fixed width, with a space between.
 */
import { inflateSync } from 'node:zlib';
import type { BillResult, BillRow } from '../../channel.ts';
import { chinaCompact, fromChinaTime } from '../../wire/china-time.ts';
import { readZip, ZipError } from '../../wire/zip.ts';
import type { UnionpayClient } from './call.ts';
import { refundNoOf } from './refund-order-id.ts';
import { fenOf } from './wire.ts';

const largestAnswer = 256 << 20;
const largestTable = 512 << 20;

/** Name and width of the columns, in their order, as far as they are needed. */
const columns = [
  ['tradeCode', 3],
  ['acquirer', 11],
  ['sender', 11],
  ['traceNo', 6],
  ['traceTime', 10],
  ['account', 19],
  ['txnAmt', 12],
  ['merchantClass', 4],
  ['terminalType', 2],
  ['queryId', 21],
  ['oldPayType', 2],
  ['orderId', 32],
  ['cardType', 2],
  ['origTraceNo', 6],
  ['origTraceTime', 10],
  ['fee', 13],
  ['settleAmt', 13],
  ['payType', 4],
  ['groupMerchant', 15],
  ['txnType', 2],
  ['txnSubType', 2],
  ['bizType', 6],
  ['accountType', 2],
  ['billType', 4],
  ['billNo', 32],
  ['interaction', 1],
  ['origQryId', 21],
  ['merId', 15],
] as const;

export interface BillDeps {
  client: UnionpayClient;
  fileUrl: string;
  merId: string;
  nowMs: number;
}

export async function fetchBill(date: string, { client, fileUrl, merId, nowMs }: BillDeps): Promise<BillResult> {
  const fields = {
    txnType: '76',
    txnSubType: '01',
    bizType: '000000',
    fileType: '00',
    settleDate: date.slice(5).replace('-', ''),
    txnTime: chinaCompact(nowMs),
  };
  const answer = await client.send(`${fileUrl}/`, fields, largestAnswer);
  if (typeof answer === 'string') return { kind: 'unknown', reason: answer };
  const reason = `${answer.respCode} ${answer.respMsg ?? ''}`;
  // 98: there is no such file, or not yet.
  if (answer.respCode === '98') return { kind: 'not-ready', reason };
  if (answer.respCode !== '00' || !answer.fileContent) return { kind: 'unknown', reason };
  try {
    const archive = inflateSync(Buffer.from(answer.fileContent, 'base64'), { maxOutputLength: largestTable });
    return { kind: 'bill', rows: readBill(archive, merId, date) };
  } catch (error) {
    return { kind: 'unknown', reason: `the bill cannot be read: ${(error as Error).message}` };
  }
}

/** Every line must be understood: a bill with a line left out would let money disappear quietly. */
export function readBill(archive: Buffer, merId: string, date: string): BillRow[] {
  const files = readZip(archive, largestTable).filter(({ nameBytes }) => /\dZM_/.test(nameBytes.toString('latin1')));
  if (files.length === 0) throw new ZipError('the archive has no ZM file');
  return files.flatMap(({ data }) =>
    data
      .toString('latin1')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .flatMap((line) => billRow(line, merId, date)),
  );
}

function billRow(line: string, merId: string, date: string): BillRow[] {
  const cells = cellsOf(line);
  const amountMinor = fenOf(cells.txnAmt);
  const type = { '01': 'payment', '04': 'refund', '31': 'refund' }[cells.txnType ?? ''] as BillRow['type'] | undefined;
  if (cells.merId !== merId) return [];
  if (!type || amountMinor === undefined || !cells.queryId) throw new ZipError('a line is not understood');
  const refund = type === 'refund';
  return [
    {
      type,
      // A refund has a number of its own; it is joined to the payment by the payment's.
      tradeNo: (refund && cells.origQryId) || cells.queryId,
      outTradeNo: refund ? null : cells.orderId || null,
      refundNo: refund ? refundNoOf(cells.orderId ?? '') : null,
      amountMinor,
      currency: 'CNY',
      feeMinor: feeOf(cells.fee),
      status: 'succeeded',
      at: timeOf(cells.traceTime, date),
    },
  ];
}

/** MMDDhhmmss without a year: the bill's, or the one before for New Year's Eve in the bill of January. */
function timeOf(traceTime = '', date: string): number | null {
  const before = date.slice(5, 7) === '01' && traceTime.startsWith('12');
  return fromChinaTime(`${Number(date.slice(0, 4)) - (before ? 1 : 0)}${traceTime}`);
}

function cellsOf(line: string): Partial<Record<(typeof columns)[number][0], string>> {
  let at = 0;
  return Object.fromEntries(
    columns.map(([name, width]) => {
      const cell = line.slice(at, at + width).trim();
      at += width + 1;
      return [name, cell];
    }),
  );
}

/** D: taken from the merchant. C: given back. */
function feeOf(text = ''): number | null {
  const [, side, digits] = /^([CD])(\d{12})$/.exec(text) ?? [];
  if (!side) return null;
  return side === 'D' ? Number(digits) : 0 - Number(digits);
}
