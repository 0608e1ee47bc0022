/** What stands beside a report: sums of its bill by currency, the cases of its differences, and the bill line by line. */
import type { ReportView } from '../../../contract/admin-channels.ts';
import type { ReviewStatus } from '../../../contract/states.ts';
import { selectIn } from '../../platform/db/bulk.ts';
import type { Db } from '../../platform/db/database.ts';
import type { StoredReport } from './bill-store.ts';
import { differenceKey } from './reconcile-day.ts';

type Totals = ReportView['totals'];

export async function withTotalsAndCases(db: Db, reports: readonly StoredReport[]): Promise<ReportView[]> {
  const totals = await totalsOf(db, reports);
  const cases = await casesOf(db, reports);
  return reports.map((report) => ({
    ...report,
    differences: report.differences.map((one) => {
      const found = cases.get(differenceKey(report, one));
      return { ...one, caseId: found?.id ?? null, caseStatus: found?.status ?? null };
    }),
    totals: totals.get(keyOf(report.channel, report.date)) ?? [],
  }));
}

const keyOf = (channel: string, date: string) => `${date} ${channel}`;

async function totalsOf(db: Db, reports: readonly StoredReport[]): Promise<Map<string, Totals>> {
  const totals = new Map<string, Totals>();
  if (reports.length === 0) return totals;
  const rows = await db
    .selectFrom('bill_rows')
    .select(({ fn }) => [
      'channel',
      'bill_date',
      'currency',
      'type',
      fn.countAll().as('count'),
      fn.sum('amount_minor').as('minor'),
      fn.sum('fee_minor').as('fees'),
    ])
    .where('channel', 'in', [...new Set(reports.map(({ channel }) => channel))])
    .where('bill_date', 'in', [...new Set(reports.map(({ date }) => date))])
    .where('status', '<>', 'failed')
    .groupBy(['channel', 'bill_date', 'currency', 'type'])
    .orderBy('currency')
    .execute();
  for (const row of rows) {
    const key = keyOf(row.channel, row.bill_date);
    const list = totals.get(key) ?? [];
    totals.set(key, list);
    let line = list.find(({ currency }) => currency === row.currency);
    if (!line) {
      line = {
        currency: row.currency,
        payments: 0,
        paymentsMinor: 0,
        refunds: 0,
        refundsMinor: 0,
        feesMinor: 0,
        netMinor: 0,
      };
      list.push(line);
    }
    const [count, minor, fees] = [Number(row.count), Number(row.minor), Number(row.fees ?? 0)];
    if (row.type === 'payment') Object.assign(line, { payments: count, paymentsMinor: minor });
    else Object.assign(line, { refunds: count, refundsMinor: minor });
    line.feesMinor += fees;
    line.netMinor += (row.type === 'payment' ? minor : -minor) - fees;
  }
  return totals;
}

async function casesOf(db: Db, reports: readonly StoredReport[]) {
  const keys = reports.flatMap((report) => report.differences.map((one) => differenceKey(report, one)));
  const text = 'SELECT id, case_key, status FROM review_cases WHERE case_key IN (?)';
  const rows = await selectIn<{ id: number; case_key: string; status: string }>(db, text, [...new Set(keys)]);
  return new Map(rows.map(({ id, case_key, status }) => [case_key, { id, status: status as ReviewStatus }]));
}

export interface BillLine {
  row_no: number;
  type: string;
  trade_no: string;
  out_trade_no: string | null;
  refund_no: string | null;
  amount_minor: number;
  currency: string;
  fee_minor: number | null;
  status: string;
  happened_at: number | null;
}

/** A page at a time, so that a bill of a million lines is never in memory. */
export async function* eachBillLine(
  db: Db,
  channel: string,
  date: string,
  pageSize = 1000,
): AsyncGenerator<BillLine[]> {
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('bill_rows')
      .selectAll()
      .where('channel', '=', channel)
      .where('bill_date', '=', date)
      .where('row_no', '>', after)
      .orderBy('row_no')
      .limit(pageSize)
      .execute();
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.row_no;
  }
}
