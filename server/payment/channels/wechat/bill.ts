/** WeChat's bill of a day: a gzipped table whose hash stands in a signed answer. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { BillResult, BillRow } from '../../channel.ts';
import { minorAmount } from '../../decimal-amount.ts';
import { fromChinaTime } from '../../wire/china-time.ts';
import { csvTable } from '../../wire/csv.ts';
import type { WechatClient } from './call.ts';

const largestTable = 512 << 20;

export async function fetchBill(date: string, client: WechatClient): Promise<BillResult> {
  const answer = await client.call('GET', `/v3/bill/tradebill?bill_date=${date}&bill_type=ALL&tar_type=GZIP`);
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    const reason = `${answer.code} ${answer.message}`;
    if (answer.code === 'NO_STATEMENT_EXIST') return { kind: 'bill', rows: [] };
    return { kind: answer.code === 'STATEMENT_CREATING' ? 'not-ready' : 'unknown', reason };
  }
  const { download_url: url, hash_type: type, hash_value: hash } = answer.body;
  if (typeof url !== 'string' || type !== 'SHA1' || typeof hash !== 'string') {
    return { kind: 'unknown', reason: 'no address or hash of the bill' };
  }
  const reply = await client.download(url);
  if (reply.status !== 200) return { kind: 'unknown', reason: `the bill: HTTP ${reply.status}` };
  const table = unpacked(reply.body);
  // The hash is of the table, not of the packed file.
  if (!table || createHash('sha1').update(table).digest('hex') !== hash.toLowerCase()) {
    return { kind: 'unknown', reason: 'the bill is not the one that was announced' };
  }
  const rows = readBill(table.toString('utf8'));
  return rows ? { kind: 'bill', rows } : { kind: 'unknown', reason: 'a line of the bill is not understood' };
}

function unpacked(packed: Buffer): Buffer | undefined {
  try {
    return gunzipSync(packed, { maxOutputLength: largestTable });
  } catch {
    return undefined;
  }
}

/** Undefined when there is a line that is not understood: a bill must not lose one. */
export function readBill(text: string): BillRow[] | undefined {
  const { rows } = csvTable(text.split('\n'), '交易时间', (line) => line.startsWith('总交易单数'));
  const read = rows.map(billRow);
  return read.every((row) => row !== undefined) ? read : undefined;
}

const refundStates: Record<string, BillRow['status']> = {
  SUCCESS: 'succeeded',
  PROCESSING: 'processing',
  FAIL: 'failed',
  CHANGE: 'failed',
};

function billRow(cell: (heading: string) => string): BillRow | undefined {
  const tradeState = cell('交易状态');
  const refund = tradeState === 'REFUND';
  const amountMinor = minorAmount(cell(refund ? '申请退款金额' : '订单金额'), 'CNY');
  const status = refund ? refundStates[cell('退款状态')] : tradeState === 'SUCCESS' ? 'succeeded' : undefined;
  const tradeNo = cell('微信订单号');
  if (amountMinor === undefined || !status || tradeNo === '') return undefined;
  return {
    type: refund ? 'refund' : 'payment',
    tradeNo,
    outTradeNo: cell('商户订单号') || null,
    refundNo: refund ? cell('商户退款单号') || null : null,
    amountMinor,
    currency: cell('货币种类') || 'CNY',
    feeMinor: feeOf(cell('手续费')),
    status,
    at: fromChinaTime(cell('交易时间')),
  };
}

/** With up to five digits behind the point; negative for what is given back with a refund. */
function feeOf(text: string): number | null {
  const [, sign, digits = ''] = /^(-?)(\d+\.\d{2})\d*$/.exec(text) ?? [];
  const minor = minorAmount(digits, 'CNY');
  if (minor === undefined) return null;
  return sign ? 0 - minor : minor;
}
