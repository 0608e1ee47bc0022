import { join } from 'node:path';
import { AuditChainView } from '../../../../contract/admin.ts';
import type { Context } from '../../../context.ts';
import { readChainView, verifyAndRemember } from '../../../reconcile/audit-log/chain-state.ts';
import type { App } from '../../app-type.ts';

const tags = ['admin: shop'];
const path = '/api/admin/v1/audit-log/chain';

export function showAuditChainRoute(app: App, { database }: Context): void {
  const schema = {
    tags,
    operationId: 'adminShowAuditChain',
    summary: 'How far the audit log is chained, and what the last walk over it found',
    response: { 200: AuditChainView },
  };
  app.get(path, { config: { action: 'audit.read' }, schema }, () => readChainView(database.read));
}

export function verifyAuditChainRoute(app: App, context: Context): void {
  const schema = {
    tags,
    operationId: 'adminVerifyAuditChain',
    summary: 'Walks the whole chain now',
    response: { 200: AuditChainView },
  };
  app.post(`${path}/verify`, { config: { action: 'audit.verify' }, schema }, async () => {
    const journalFolder = join(context.config.dataDir, 'issue-journal');
    await verifyAndRemember({ ...context, journalFolder }, { whole: true });
    return readChainView(context.database.read);
  });
}
