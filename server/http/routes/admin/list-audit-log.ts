import { AuditList, AuditQuery } from '../../../../contract/admin.ts';
import type { Context } from '../../../context.ts';
import { readAuditLog } from '../../../platform/audit-store.ts';
import type { App } from '../../app-type.ts';

export function listAuditLogRoute(app: App, { database }: Context): void {
  app.get(
    '/api/admin/v1/audit-log',
    {
      config: { action: 'audit.read' },
      schema: {
        tags: ['admin: shop'],
        operationId: 'adminListAuditLog',
        summary: 'Who changed what, the newest first',
        querystring: AuditQuery,
        response: { 200: AuditList },
      },
    },
    ({ query }) => readAuditLog(database.lagging, query),
  );
}
