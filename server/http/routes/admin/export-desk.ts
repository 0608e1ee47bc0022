import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { AuditQuery } from '../../../../contract/admin.ts';
import { ReviewListQuery } from '../../../../contract/admin-orders.ts';
import type { Context } from '../../../context.ts';
import { listReviewCases, type ReviewCase } from '../../../payment/review-store.ts';
import { readAuditLog, recordAudit } from '../../../platform/audit-store.ts';
import type { App } from '../../app-type.ts';
import { auditCsv, reviewCsv } from '../../desk-csv.ts';
import { actorOf } from '../../plugins/admin-auth.ts';

const pageRows = 200;
const { action, subject, orderId: auditOrder } = AuditQuery.properties;
const { status, kind, orderId: caseOrder } = ReviewListQuery.properties;
const AuditFilter = Type.Object({ action, subject, orderId: auditOrder });
const CaseFilter = Type.Object({ status, kind, orderId: caseOrder });

/** Files of any length, with a page of them in memory. Who took one stands in the audit log, and so in the next. */
export function exportDeskRoutes(app: App, context: Context): void {
  const { database, clock } = context;
  const noted = (request: Parameters<typeof actorOf>[0], name: 'audit-log' | 'review-cases', after: unknown) =>
    database.transact('desk.export', (tx) =>
      recordAudit(tx, {
        ...actorOf(request),
        at: clock.now(),
        action: `${name}.export` as const,
        subject: name,
        after,
      }),
    );
  const file = (name: string) =>
    `attachment; filename="${name}-${new Date(clock.now()).toISOString().slice(0, 10)}.csv"`;
  const common = { produces: ['text/csv'] };
  // A HEAD would read everything to say nothing.
  app.get(
    '/api/admin/v1/audit-log.csv',
    {
      config: { action: 'audit.read' },
      exposeHeadRoute: false,
      schema: {
        ...common,
        operationId: 'adminExportAuditLog',
        tags: ['admin: shop'],
        summary: 'The audit log as a CSV file, the newest first',
        querystring: AuditFilter,
      },
    },
    async (request, reply) => {
      await noted(request, 'audit-log', request.query);
      reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', file('audit-log'));
      async function* pages() {
        for (let before: number | undefined; ; ) {
          const page = await readAuditLog(database.lagging, {
            ...request.query,
            limit: pageRows,
            ...(before !== undefined && { before }),
          });
          yield page.entries;
          if (page.next === null) return;
          before = page.next;
        }
      }
      return reply.send(Readable.from(auditCsv(pages())));
    },
  );
  app.get(
    '/api/admin/v1/review-cases.csv',
    {
      config: { action: 'review.read' },
      exposeHeadRoute: false,
      schema: {
        ...common,
        operationId: 'adminExportReviewCases',
        tags: ['admin: review cases'],
        summary: 'Review cases as a CSV file, the newest first',
        querystring: CaseFilter,
      },
    },
    async (request, reply) => {
      await noted(request, 'review-cases', request.query);
      reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', file('review-cases'));
      async function* pages() {
        for (let last: ReviewCase | undefined; ; ) {
          const page: ReviewCase[] = await listReviewCases(database.lagging, {
            ...request.query,
            limit: pageRows,
            ...(last && { before: last.id }),
          });
          yield page;
          last = page.at(-1);
          if (page.length < pageRows) return;
        }
      }
      return reply.send(Readable.from(reviewCsv(pages())));
    },
  );
}
