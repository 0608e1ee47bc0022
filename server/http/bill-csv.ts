/** A channel's bill of a day, line by line, with what was amiss -> a CSV file. What only we have stands at the end. */
import type { ReportView } from '../../contract/admin-channels.ts';
import type { Language } from '../../contract/common.ts';
import { csvLine, csvStart } from '../platform/csv.ts';
import type { BillLine } from '../reconcile/bills/bill-totals-store.ts';
import { major, utcText } from './major-units.ts';

const headings: Record<Language, readonly string[]> = {
  zh: [
    '类型',
    '渠道交易号',
    '我们的单号',
    '退款号',
    '币种',
    '金额',
    '手续费',
    '状态',
    '时间 (UTC)',
    '差异',
    '我们的金额',
  ],
  en: [
    'Type',
    'Trade',
    'Our number',
    'Refund',
    'Currency',
    'Amount',
    'Fee',
    'State',
    'Time (UTC)',
    'Difference',
    'Ours',
  ],
};

export async function* billCsv(
  pages: AsyncIterable<readonly BillLine[]>,
  { differences }: Pick<ReportView, 'differences'>,
  language: Language,
): AsyncGenerator<string> {
  yield csvStart + csvLine(headings[language]);
  const key = (type: string, tradeNo: string, refundNo: string | null) => `${type} ${refundNo ?? tradeNo}`;
  const amiss = new Map(differences.map((one) => [key(one.type, one.tradeNo, one.refundNo), one]));
  for await (const page of pages) {
    const lines = page.map((row) => {
      const found = amiss.get(key(row.type, row.trade_no, row.refund_no));
      return csvLine([
        row.type,
        row.trade_no,
        row.out_trade_no,
        row.refund_no,
        row.currency,
        major(row.amount_minor, row.currency),
        row.fee_minor === null ? null : major(row.fee_minor, row.currency),
        row.status,
        utcText(row.happened_at),
        found?.kind ?? null,
        found?.oursMinor === undefined || found.oursMinor === null ? null : major(found.oursMinor, row.currency),
      ]);
    });
    yield lines.join('');
  }
  const ours = differences.filter(({ kind }) => kind === 'local-only');
  for (const { type, tradeNo, outTradeNo, refundNo, currency, kind, oursMinor } of ours) {
    const amount = oursMinor === null ? null : major(oursMinor, currency);
    yield csvLine([type, tradeNo, outTradeNo, refundNo, currency, null, null, null, null, kind, amount]);
  }
}
