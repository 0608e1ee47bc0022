import { Readable } from 'node:stream';
import {
  BillFileQuery,
  ReportList,
  ReportListQuery,
  ReportParams,
  ReportReply,
} from '../../../../contract/admin-channels.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { recordAudit } from '../../../platform/audit-store.ts';
import { listReports, readReport } from '../../../reconcile/bills/bill-store.ts';
import { eachBillLine, withTotalsAndCases } from '../../../reconcile/bills/bill-totals-store.ts';
import { reconcileDay } from '../../../reconcile/bills/reconcile-day.ts';
import { datesReady } from '../../../reconcile/scans/reconcile-bills.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { billCsv } from '../../bill-csv.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: money'];
const base = '/api/admin/v1/reconciliations';

export function reconciliationRoutes(app: App, context: Context): void {
  const list = {
    operationId: 'adminListReconciliations',
    tags,
    summary: 'How our books and the bills compared, newest first',
  };
  app.get(
    base,
    {
      config: { action: 'reconciliations.read' },
      schema: { ...list, querystring: ReportListQuery, response: { 200: ReportList } },
    },
    async (request) => {
      const db = context.database.read;
      const reports = await withTotalsAndCases(db, await listReports(db, request.query));
      return { reports, channels: channelsWithBills(context) };
    },
  );
  const show = { operationId: 'adminShowReconciliation', tags, summary: 'One day of one channel' };
  app.get(
    `${base}/:channel/:date`,
    {
      config: { action: 'reconciliations.read' },
      schema: { ...show, params: ReportParams, response: { 200: ReportReply, 404: Problem } },
    },
    async (request) => stored(context, request.params),
  );
  const file = {
    operationId: 'adminDownloadBill',
    tags,
    summary: 'The bill of a day line by line as a CSV file, with what differs; who took it is in the audit log',
    params: ReportParams,
    querystring: BillFileQuery,
    produces: ['text/csv'],
  };
  app.get(
    `${base}/:channel/:date/bill.csv`,
    { config: { action: 'reconciliations.read' }, schema: file, exposeHeadRoute: false },
    async (request, reply) => {
      const { channel, date } = request.params;
      const { report } = await stored(context, request.params);
      await note(context, { ...actorOf(request), action: 'reconcile.export', subject: `bill:${channel}:${date}` });
      reply.header('content-type', 'text/csv; charset=utf-8');
      reply.header('content-disposition', `attachment; filename="${fileName(channel, date)}"`);
      const lines = eachBillLine(context.database.read, channel, date);
      return reply.send(Readable.from(billCsv(lines, report, request.query.lang)));
    },
  );
  const run = { operationId: 'adminReconcile', tags, summary: 'Fetches the bill of a day and compares it now' };
  app.post(
    `${base}/:channel/:date`,
    {
      config: { action: 'reconciliations.run' },
      schema: { ...run, params: ReportParams, response: { 200: ReportReply, 404: Problem, 409: Problem } },
    },
    async (request) => {
      const { channel: code, date } = request.params;
      const channel = await context.channels.find(code);
      if (!channel) throw new ProblemError('channel_not_found');
      if (!new Date(date).toISOString().startsWith(date))
        throw new ProblemError('invalid_request', 'There is no such day.');
      const outcome = await reconcileDay(context, channel, date);
      const after = outcome.kind === 'compared' ? { ok: outcome.report.ok } : { outcome: outcome.kind };
      const subject = `bill:${code}:${date}`;
      await note(context, { ...actorOf(request), action: 'reconcile.run', subject, after });
      if (outcome.kind === 'failed') throw new ProblemError('channel_unavailable', outcome.reason);
      if (outcome.kind !== 'compared') throw new ProblemError('bill_not_ready', outcome.reason);
      return stored(context, request.params);
    },
  );
}

/** A code may hold what a file name, or the header that carries it, may not. */
const fileName = (channel: string, date: string) => `bill-${channel.replace(/[^\w-]/g, '_')}-${date}.csv`;

function note(context: Context, entry: Omit<Parameters<typeof recordAudit>[1], 'at'>): Promise<void> {
  const at = context.clock.now();
  return context.database.transact('reconcile.note', (tx) => recordAudit(tx, { ...entry, at }));
}

async function stored(context: Context, { channel, date }: { channel: string; date: string }) {
  const report = await readReport(context.database.read, channel, date);
  const [found] = report ? await withTotalsAndCases(context.database.read, [report]) : [];
  if (!found) throw new ProblemError('report_not_found');
  return { report: found };
}

function channelsWithBills(context: Context): ReportList['channels'] {
  return context.channels.entries().flatMap(({ code, row, channel }) =>
    channel?.bill
      ? [
          {
            code,
            nameZh: row?.nameZh || channel.name.zh,
            nameEn: row?.nameEn || channel.name.en,
            latest: datesReady(context, channel.bill)[0] ?? null,
          },
        ]
      : [],
  );
}
