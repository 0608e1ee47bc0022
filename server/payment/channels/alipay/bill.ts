/** Alipay's bill of a day: a zip archive with two tables in GBK, of which the detailed one counts. */
import type { BillResult, BillRow } from '../../channel.ts';
import type { ChannelHttp } from '../../channel-http.ts';
import { minorAmount } from '../../decimal-amount.ts';
import { fromChinaTime } from '../../wire/china-time.ts';
import { csvTable } from '../../wire/csv.ts';
import { readZip, ZipError } from '../../wire/zip.ts';
import type { AlipayClient } from './call.ts';

const largestArchive = 64 << 20;
const largestTables = 512 << 20;
const dayMs = 24 * 3_600_000;
/** After this, a day of which Alipay says that it has no bill was a day without trade. */
const surelyThereAfterMs = 36 * 3_600_000;

export interface BillDeps {
  client: AlipayClient;
  http: ChannelHttp;
  nowMs: number;
}

export async function fetchBill(date: string, { client, http, nowMs }: BillDeps): Promise<BillResult> {
  const answer = await client.call('alipay.data.dataservice.bill.downloadurl.query', {
    bill_type: 'trade',
    bill_date: date,
  });
  if (answer.kind === 'unknown') return answer;
  if (answer.kind === 'refused') {
    if (!answer.code.endsWith('bill_not_exist')) return { kind: 'unknown', reason: `${answer.code} ${answer.message}` };
    const dayEndedAt = fromChinaTime(`${date} 00:00:00`)! + dayMs;
    if (nowMs - dayEndedAt > surelyThereAfterMs) return { kind: 'bill', rows: [] };
    return { kind: 'not-ready', reason: answer.message };
  }
  const url = answer.body.bill_download_url;
  if (typeof url !== 'string') return { kind: 'unknown', reason: 'no address of the bill' };
  // The address came in a signed answer; it lives for 30 seconds and asks for no signature of ours.
  const reply = await http.request({ method: 'GET', url, timeoutMs: 60_000, maxBytes: largestArchive });
  if (reply.status !== 200) return { kind: 'unknown', reason: `the bill: HTTP ${reply.status}` };
  try {
    return { kind: 'bill', rows: readBill(reply.body) };
  } catch (error) {
    if (error instanceof ZipError || error instanceof BillError) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

class BillError extends Error {}

/** Every line must be understood: a bill with a line left out would let money disappear quietly. */
export function readBill(archive: Buffer): BillRow[] {
  const gbk = new TextDecoder('gbk');
  return readZip(archive, largestTables)
    .filter(({ nameBytes }) => !gbk.decode(nameBytes).includes('汇总'))
    .flatMap(({ data }) => {
      const lines = gbk.decode(data).split('\n');
      return csvTable(lines, '支付宝交易号', (line) => line.startsWith('#')).rows.map(billRow);
    });
}

function billRow(cell: (heading: string) => string): BillRow {
  const type = { 交易: 'payment', 退款: 'refund' }[cell('业务类型')] as BillRow['type'] | undefined;
  const amountMinor = minorAmount(cell('订单金额（元）').replace(/^-/, ''), 'CNY');
  const tradeNo = cell('支付宝交易号');
  if (!type || amountMinor === undefined || tradeNo === '') throw new BillError('a line of the bill is not understood');
  return {
    type,
    tradeNo,
    outTradeNo: cell('商户订单号') || null,
    refundNo: type === 'refund' ? cell('退款批次号/请求号') || null : null,
    amountMinor,
    currency: 'CNY',
    feeMinor: feeOf(cell('服务费（元）')),
    status: 'succeeded',
    at: fromChinaTime(cell('完成时间')),
  };
}

/** Negative when it is taken, positive when it is given back with a refund. */
function feeOf(text: string): number | null {
  const minor = minorAmount(text.replace(/^-/, ''), 'CNY');
  if (minor === undefined) return null;
  return text.startsWith('-') ? minor : 0 - minor;
}
