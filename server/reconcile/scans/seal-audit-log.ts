import { sealAuditLog } from '../audit-log/seal-audit-log.ts';
import type { Scan } from './scan.ts';

export const sealAuditLogScan: Scan = {
  name: 'seal-audit-log',
  says: 'Chains new entries of the audit log, each to the one before it.',
  everyMs: 5000,
  runsOn: 'leader',
  async run(deps) {
    const sealed = await sealAuditLog(deps);
    return { found: sealed, mended: sealed };
  },
};
