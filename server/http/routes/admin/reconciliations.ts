import { ReportList, ReportListQuery, ReportParams, ReportReply } from '../../../../contract/admin-channels.ts';
import { Problem } from '../../../../contract/common.ts';
import type { Context } from '../../../context.ts';
import { listReports, readReport } from '../../../reconcile/bills/bill-store.ts';
import { reconcileDay } from '../../../reconcile/bills/reconcile-day.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: channels'];
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
    async (request) => ({ reports: await listReports(context.database.read, request.query) }),
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
  const run = { operationId: 'adminReconcile', tags, summary: 'Fetches the bill of a day and compares it now' };
  app.post(
    `${base}/:channel/:date`,
    {
      config: { action: 'reconciliations.run' },
      schema: { ...run, params: ReportParams, response: { 200: ReportReply, 404: Problem, 409: Problem } },
    },
    async (request) => {
      const channel = await context.channels.find(request.params.channel);
      if (!channel) throw new ProblemError('channel_not_found');
      const outcome = await reconcileDay(context, channel, request.params.date);
      if (outcome.kind === 'failed') throw new ProblemError('channel_unavailable', outcome.reason);
      if (outcome.kind !== 'compared') throw new ProblemError('bill_not_ready', outcome.reason);
      return stored(context, request.params);
    },
  );
}

async function stored(context: Context, { channel, date }: { channel: string; date: string }) {
  const report = await readReport(context.database.read, channel, date);
  if (!report) throw new ProblemError('report_not_found');
  return { report };
}
