import { lastAnchor } from '../audit-log/anchors.ts';
import { verifyAuditLog } from '../audit-log/verify-audit-log.ts';
import type { Check } from './check.ts';

export const auditLogIsWhole: Check = {
  id: 'LOG-1',
  says: 'The audit log says what it said: its chain holds from the first entry to what was written down outside.',
  async run({ database, journalFolder }) {
    const anchor = await lastAnchor(journalFolder);
    const { found, sample } = await verifyAuditLog(database.read, { anchor });
    return { found, sample };
  },
};
